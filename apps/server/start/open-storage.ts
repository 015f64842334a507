import type { Log } from '@pipelines/contracts';
import { chooseDataDir, type Database, migrateDatabase, openDatabase, startEmbeddedPostgres } from '@pipelines/database';
import type { OwnAddress } from '@pipelines/egress';
import type { Config, Secrets } from '../config/read-config.ts';
import type { Closers } from './closers.ts';
import { makePrivateDir } from './make-private-dir.ts';

export interface Storage {
  readonly database: Database;
  /** What `database` is opened with; it may hold a password. */
  readonly databaseUrl: string;
  /** Absolute. */
  readonly dataDir: string;
  /** Where the database listens: nothing that we are asked to call may be there. */
  readonly databaseAddress: OwnAddress;
}

/** The data folder, and the database, embedded or external, with the newest schema. */
export async function openStorage(config: Config, secrets: Secrets, log: Log, closers: Closers): Promise<Storage> {
  const dataDir = secrets.databaseUrl === null ? chooseDataDir(config.dataDirs) : makePrivateDir(config.dataDirs);
  let url = secrets.databaseUrl;
  if (url === null) {
    const embedded = await startEmbeddedPostgres({ dataDir, log });
    closers.add(() => embedded.stop());
    url = embedded.url;
  }
  const database = openDatabase({ url, log });
  closers.add(() => database.close());
  await migrateDatabase(database, log);
  const { hostname, port } = new URL(url);
  return { database, databaseUrl: url, dataDir, databaseAddress: { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 5432) } };
}
