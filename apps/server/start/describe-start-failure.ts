import { DatabaseSetupError } from '@pipelines/database';
import { EncryptionKeysError } from '@pipelines/registry';
import { ConfigError } from '../config/config-error.ts';
import { RouteTableError } from '../http/api/route-table.ts';

/** sysexits.h: something in the configuration, which a restart does not repair. */
const exitConfig = 78;
const exitFailure = 1;

export interface StartFailure {
  /** For the operator; never a foreign error's words, which may hold a secret. */
  readonly message: string;
  readonly exitCode: number;
}

/** Why the server could not start, in sentences that say what to do. */
export function describeStartFailure(error: unknown, address: { readonly host: string; readonly port: number } | null): StartFailure {
  if (error instanceof ConfigError) return { message: `The configuration has faults:\n${bulletList(error.faults)}`, exitCode: exitConfig };
  if (error instanceof EncryptionKeysError)
    return { message: `The encryption keys cannot be used:\n${bulletList(error.problems)}`, exitCode: exitConfig };
  if (error instanceof DatabaseSetupError || error instanceof RouteTableError) return { message: error.message, exitCode: exitConfig };

  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === 'listen' && address !== null) return { message: describeListenFailure(code, address), exitCode: exitFailure };
  const databaseCode = findConnectionCode(error);
  if (databaseCode !== null) {
    return {
      message: `The database does not let us in (${databaseCode}). Check that it runs, and the address, user and password in DATABASE_URL.`,
      exitCode: exitFailure,
    };
  }
  const name = error instanceof Error ? error.name : 'unknown';
  return { message: `Something unexpected went wrong (${[name, code].filter(Boolean).join(', ')}).`, exitCode: exitFailure };
}

function describeListenFailure(code: string | undefined, { host, port }: { readonly host: string; readonly port: number }): string {
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is in use. Stop the other program, or set PORT to a free one.`;
  if (code === 'EACCES') return `This user may not listen on port ${port}. Set PORT to 1024 or above, or give the right to low ports.`;
  if (code === 'EADDRNOTAVAIL') return `${host} is not an address of this machine. Set HOST to one that is.`;
  return `The server cannot listen on ${host}, port ${port} (${code ?? 'unknown reason'}).`;
}

const connectionCodes = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|28P01|28000|3D000)$/;

function findConnectionCode(error: unknown): string | null {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    const { code } = current as NodeJS.ErrnoException;
    if (code !== undefined && connectionCodes.test(code)) return code;
    current = current.cause;
  }
  return null;
}

function bulletList(lines: readonly string[]): string {
  return lines.map((line) => `  - ${line}`).join('\n');
}
