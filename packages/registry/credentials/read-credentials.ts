import { type Credential, PipelinesError } from '@pipelines/contracts';
import { type Queries, schema } from '@pipelines/database';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { readHealth } from '../health/read-health.ts';
import type { CredentialRow } from '../models/model-rows.ts';
import type { RegistryContext } from '../registry-context.ts';
import { findCredential } from './find-credential.ts';
import { presentCredentialDetail } from './present-credential.ts';
import { readUsers } from './read-users.ts';

const { credentials } = schema;
const countedDays = 30;

/** The saved credentials, newest first: masked, with their destination, their models, their end and their spend. Opens none of them. */
export async function listCredentials({ database: { db } }: RegistryContext, organizationId: string): Promise<Credential[]> {
  const rows = await db
    .select()
    .from(credentials)
    .where(and(eq(credentials.organizationId, organizationId), isNull(credentials.deletedAt)))
    .orderBy(desc(credentials.createdAt), desc(credentials.id));
  return describe(db, organizationId, rows);
}

/** @throws PipelinesError `not_found`, for a deleted one too */
export async function getCredential({ database: { db } }: RegistryContext, organizationId: string, id: string): Promise<Credential> {
  const row = await requireCredential(db, organizationId, id);
  const [credential] = await describe(db, organizationId, [row]);
  if (!credential) throw new PipelinesError('not_found');
  return credential;
}

/** @throws PipelinesError `not_found` */
export async function requireCredential(db: Queries, organizationId: string, id: string): Promise<CredentialRow> {
  const row = await findCredential(db, organizationId, id);
  if (!row) throw new PipelinesError('not_found', { detail: 'There is no such credential.' });
  return row;
}

async function describe(db: Queries, organizationId: string, rows: readonly CredentialRow[]): Promise<Credential[]> {
  const ids = rows.map(({ id }) => id);
  const usersOf = await readUsers(db, organizationId, ids);
  const usageOf = await readUsage(db, organizationId, ids);
  const healthOf = await readHealth(db, organizationId, 'credential', ids);
  const now = new Date();
  return rows.map((row) => {
    const { lastUsedAt, ...usage } = usageOf(row.id);
    return presentCredentialDetail(row, { ...usersOf(row.id), health: healthOf(row.id), usage, lastUsedAt }, now);
  });
}

type Usage = Credential['usage'] & { readonly lastUsedAt: string | null };

interface UsageRow extends Record<string, unknown> {
  readonly id: string;
  readonly calls: string;
  readonly cost: string;
  readonly unknown_cost_calls: string;
  readonly last_ms: string | null;
}

/** From the kept sums of the last 30 days, today the last. When a credential was last used is known however long ago it was. */
async function readUsage(db: Queries, organizationId: string, ids: readonly string[]): Promise<(id: string) => Usage> {
  const { rows } = await db.execute<UsageRow>(sql`
    select c.id, coalesce(sum(s.calls), 0) as calls, trim_scale(coalesce(sum(s.cost), 0))::text as cost,
      coalesce(sum(s.unknown_cost_calls), 0) as unknown_cost_calls,
      (select round(extract(epoch from l.started_at) * 1000) from attempts l
        where l.organization_id = c.organization_id and l.credential_id = c.id order by l.started_at desc limit 1) as last_ms
    from credentials c
    left join call_sums s on s.organization_id = c.organization_id and s.grain = 'day' and s.subject = 'credential' and s.key = c.id::text
      and s.starts_at > now() - ${countedDays} * interval '1 day'
    where c.organization_id = ${organizationId} and c.id = any(${sql.param([...ids])}::uuid[])
    group by c.organization_id, c.id`);
  const byId = new Map(
    rows.map((row): [string, Usage] => [
      row.id,
      {
        calls: Number(row.calls),
        cost: row.cost,
        unknown_cost_calls: Number(row.unknown_cost_calls),
        lastUsedAt: row.last_ms === null ? null : new Date(Number(row.last_ms)).toISOString(),
      },
    ]),
  );
  return (id) => byId.get(id) ?? { calls: 0, cost: '0', unknown_cost_calls: 0, lastUsedAt: null };
}
