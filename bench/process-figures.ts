import { readdirSync, readFileSync } from 'node:fs';

/** CPU time that a process has used in all its threads, in milliseconds; NaN where the system does not tell. */
export function readCpuMs(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.reduce((sum, thread) => sum + readThreadMs(`/proc/${pid}/task/${thread}/schedstat`), 0);
  } catch {
    return Number.NaN;
  }
}

/** "nanoseconds on the CPU, nanoseconds waiting, slices". */
function readThreadMs(file: string): number {
  return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6;
}

/** Memory of a process that is in RAM, in MB; NaN where the system does not tell. */
export function readMemoryMb(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
