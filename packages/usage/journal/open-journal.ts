import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { heartbeatMs, isOwnerAlive, releaseOwner, touchOwner, writeOwner } from './journal-owner.ts';
import { JournalWriter } from './journal-writer.ts';
import { type Recovered, recoverFolder } from './recover-folder.ts';
import { SegmentShipper, type ShipRows } from './ship-segments.ts';

export interface JournalOptions {
  /** Holds one folder a process; several processes may share it. */
  readonly journalDir: string;
  /** Of this process: a UUID that no other has, and the name of its folder. */
  readonly processId: string;
  readonly segmentBytes: number;
  readonly ship: ShipRows;
  /** Everything of a process that has ended is in the database. Repeated where it rejects. */
  readonly onSettled: (processId: string) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** The journal of this process, and a way to settle those of processes that are gone. */
export interface Journal {
  readonly writer: JournalWriter;
  /** Ships what has ended so far. */
  shipOwn(): Promise<void>;
  /** Calls that have ended and are not in the database yet. */
  countPending(): number;
  /** Settles what dead processes have left behind. */
  recoverOrphans(): Promise<Recovered>;
  /** Closes the files and ships what is left. The folder goes if all of it is settled, and is left to be recovered otherwise. */
  close(): Promise<void>;
}

export async function openJournal({ journalDir, processId, segmentBytes, ship, onSettled, onError }: JournalOptions): Promise<Journal> {
  const folder = path.join(journalDir, processId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeOwner(folder);
  const writer = new JournalWriter({ folder, segmentBytes, onError });
  const shipper = new SegmentShipper(writer.segments, processId, ship);
  const heartbeat = setInterval(() => touchOwner(folder).catch(onError), heartbeatMs);
  heartbeat.unref();

  async function recoverOrphans(): Promise<Recovered> {
    let settled = 0;
    let unknown = 0;
    const entries = await readdir(journalDir, { withFileTypes: true });
    for (const entry of entries.filter((other) => other.isDirectory() && other.name !== processId)) {
      const recovered = await recoverIfDead(path.join(journalDir, entry.name), { ship, onSettled });
      settled += recovered.settled;
      unknown += recovered.unknown;
    }
    return { settled, unknown };
  }

  return {
    writer,
    shipOwn: () => shipper.shipAll(),
    countPending: () => writer.endedCount - shipper.shippedCount,
    recoverOrphans,
    async close() {
      clearInterval(heartbeat);
      writer.rotate();
      await writer.close();
      try {
        await shipper.shipAll();
        await onSettled(processId);
      } finally {
        if (writer.segments.every((segment) => segment.size === 0)) await rm(folder, { recursive: true, force: true });
        else await releaseOwner(folder);
      }
    },
  };
}

async function recoverIfDead(folder: string, { ship, onSettled }: Pick<JournalOptions, 'ship' | 'onSettled'>): Promise<Recovered> {
  try {
    if (await isOwnerAlive(folder)) return { settled: 0, unknown: 0 };
    const recovered = await recoverFolder(folder, ship);
    await onSettled(path.basename(folder));
    return recovered;
  } catch (error) {
    // Another process has settled and removed it first.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return { settled: 0, unknown: 0 };
}
