import path from 'node:path';
import { type Log, openAdmission } from '@pipelines/contracts';
import { type Database, openDatabase } from '@pipelines/database';
import { createEgress, createEgressPolicy } from '@pipelines/egress';
import { createGateway, type Gateway } from '@pipelines/gateway';
import { createCredentialVault, createRegistry, loadEncryptionKeys, type Registry } from '@pipelines/registry';
import { type ContentLog, createContentLog, createUsage, type Usage } from '@pipelines/usage';
import { createEngine } from '../dbos/create-engine.ts';
import type { Engine } from '../engine.ts';
import type { ReplaysContext } from '../replays/replays-context.ts';
import type { StepDoors } from '../steps/step-context.ts';
import { createTools } from '../tools/create-tools.ts';
import type { Tools } from '../tools/tools.ts';

export interface WorkerPlace {
  readonly databaseUrl: string;
  /** A folder for the keys and the journals; several processes may share it. */
  readonly dataDir: string;
  readonly concurrency: number;
  readonly log?: Log;
}

export interface OpenWorker {
  readonly database: Database;
  readonly registry: Registry;
  readonly tools: Tools;
  readonly gateway: Gateway;
  /** Not started. */
  readonly engine: Engine;
  readonly stepDoors: StepDoors;
  readonly usage: Usage;
  readonly contents: ContentLog;
  readonly replaysContext: ReplaysContext;
  close(): Promise<void>;
}

/** Everything below the server that a worker has, as the server builds it. */
export async function openWorker({ databaseUrl, dataDir, concurrency, log = () => undefined }: WorkerPlace): Promise<OpenWorker> {
  const database = openDatabase({ url: databaseUrl, poolSize: 8, log });
  const keys = await loadEncryptionKeys({ database, json: null, file: path.join(dataDir, 'keys.json'), log });
  const vault = await createCredentialVault({ database, keys, log });
  const usage = createUsage({ database, journalDir: path.join(dataDir, 'usage'), log });
  await usage.start();
  const egress = createEgress({ policy: createEgressPolicy({ mode: 'local', allow: [], operatorTargets: [] }), log });
  const registry = createRegistry({ database, vault, egress, meter: usage, log, providerBaseUrls: {}, platformKey: null });
  await registry.start();
  const contents = createContentLog({ database, vault, keepsContent: registry.keepsContent, log });
  const gateway = createGateway({ registry, egress, imageEgress: egress, meter: usage, admission: openAdmission, contents, log });
  const tools = createTools({ database, egress, vault, log, looksPerMinute: 1_000 });
  const engine = createEngine({ database, databaseUrl, gateway, egress, registry, tools, log, concurrency });
  return {
    database,
    registry,
    gateway,
    engine,
    stepDoors: { gateway, registry, egress, tools },
    tools,
    usage,
    contents,
    replaysContext: { database, registry, gateway, vault, contents },
    async close() {
      gateway.close();
      await contents.close();
      await registry.stop();
      await egress.close();
      await usage.close();
      await database.close();
    },
  };
}
