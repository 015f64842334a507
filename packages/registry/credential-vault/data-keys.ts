import { randomBytes } from 'node:crypto';
import { PipelinesError } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { and, desc, eq } from 'drizzle-orm';
import type { EncryptionKeys } from './encryption-keys.ts';
import { open, type SealingKey, seal } from './envelope.ts';

/** A key of one organization; `kid` is made of its version. */
export type DataKey = SealingKey & { readonly version: number };

/** The data keys of all organizations, unwrapped in memory as far as they are in use. */
export interface DataKeys {
  /** The key that seals for this organization; made on first use, once however many ask. */
  current(organizationId: string): Promise<DataKey>;
  /** Without waiting: null when it is not in memory. */
  cached(organizationId: string, version: number): DataKey | null;
  /** @throws PipelinesError `credential_unreadable` */
  load(organizationId: string, version: number): Promise<DataKey>;
  /** Unwraps as many as memory is kept for, so that opening a credential need not wait. */
  preload(): Promise<void>;
}

const defaultCapacity = 10_000;
type Row = typeof schema.dataKeys.$inferSelect;

export function createDataKeys({ db }: Database, keys: EncryptionKeys, capacity = defaultCapacity): DataKeys {
  // In order of use: the first one is the longest unused.
  const unwrapped = new Map<string, DataKey>();

  function remember(organizationId: string, key: DataKey): DataKey {
    const name = `${organizationId}/${key.version}`;
    unwrapped.delete(name);
    unwrapped.set(name, key);
    for (const oldest of unwrapped.keys()) {
      if (unwrapped.size <= capacity) break;
      unwrapped.delete(oldest);
    }
    return key;
  }

  function cached(organizationId: string, version: number): DataKey | null {
    const key = unwrapped.get(`${organizationId}/${version}`);
    return key ? remember(organizationId, key) : null;
  }

  const take = (row: Row): DataKey => cached(row.organizationId, row.version) ?? remember(row.organizationId, unwrap(keys, row));

  async function readNewest(organizationId: string): Promise<Row | undefined> {
    const { dataKeys } = schema;
    const [row] = await db
      .select()
      .from(dataKeys)
      .where(eq(dataKeys.organizationId, organizationId))
      .orderBy(desc(dataKeys.version))
      .limit(1);
    return row;
  }

  return {
    cached,
    async current(organizationId) {
      const found = await readNewest(organizationId);
      if (found) return take(found);
      await db.insert(schema.dataKeys).values(wrapNew(keys, organizationId)).onConflictDoNothing();
      const made = await readNewest(organizationId);
      if (!made) throw new PipelinesError('internal_error');
      return take(made);
    },
    async load(organizationId, version) {
      const known = cached(organizationId, version);
      if (known) return known;
      const { dataKeys } = schema;
      const [row] = await db
        .select()
        .from(dataKeys)
        .where(and(eq(dataKeys.organizationId, organizationId), eq(dataKeys.version, version)));
      if (!row) throw new PipelinesError('credential_unreadable');
      return take(row);
    },
    async preload() {
      for (const row of await db.select().from(schema.dataKeys).limit(capacity)) {
        try {
          take(row);
        } catch {
          // A damaged row concerns its own organization: it is told when a credential is opened.
        }
      }
    },
  };
}

const contextOf = (kid: string, organizationId: string, version: number): readonly string[] => [
  'pipelines/dek/v1',
  kid,
  organizationId,
  String(version),
];

function wrapNew(keys: EncryptionKeys, organizationId: string): typeof schema.dataKeys.$inferInsert {
  const { primary } = keys;
  const version = 1;
  return {
    organizationId,
    version,
    kid: primary.kid,
    wrapped: seal(primary, randomBytes(32), contextOf(primary.kid, organizationId, version)),
  };
}

function unwrap(keys: EncryptionKeys, row: Row): DataKey {
  const key = keys.all.get(row.kid);
  if (!key) throw new PipelinesError('credential_unreadable');
  try {
    const bytes = open(key, row.wrapped, contextOf(row.kid, row.organizationId, row.version));
    return { kid: `dek-${row.version}`, version: row.version, bytes };
  } catch {
    throw new PipelinesError('credential_unreadable');
  }
}
