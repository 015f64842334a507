import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { LogEvent } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { v7 as uuidv7 } from 'uuid';
import { createUsage, type Usage } from '../create-usage.ts';

export interface TestUsage {
  readonly usage: Usage;
  readonly journalDir: string;
  readonly events: LogEvent[];
  close(): Promise<void>;
}

/** Usage on a journal folder of its own, started. */
export async function openTestUsage(database: Database, segmentBytes?: number): Promise<TestUsage> {
  const journalDir = await mkdtemp(path.join(os.tmpdir(), 'usage-'));
  const events: LogEvent[] = [];
  const usage = createUsage({
    database,
    journalDir,
    log: (event) => events.push(event),
    ...(segmentBytes !== undefined && { segmentBytes }),
  });
  await usage.start();
  return {
    usage,
    journalDir,
    events,
    async close() {
      await usage.close();
      await rm(journalDir, { recursive: true, force: true });
    },
  };
}

export async function addOrganization({ db }: Database): Promise<string> {
  const id = uuidv7();
  await db.insert(schema.organizations).values({ id, name: 'Acme' });
  return id;
}
