import type { Credential } from '@pipelines/contracts';
import type { Queries } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { readHealth } from '../health/read-health.ts';

/** Who uses a credential: the first few models by name, and how many there are. */
export type CredentialUsers = Pick<Credential, 'models' | 'model_count' | 'active_model_count'>;

interface NamedRow extends Record<string, unknown> {
  readonly id: string;
  readonly slug: string;
  readonly display_name: string;
  readonly active: boolean;
}

interface CountRow extends Record<string, unknown> {
  readonly id: string;
  readonly all: string;
  readonly active: string;
}

const mostNamed = 20;

/** However many models a credential serves, few are read: the rest are counted. */
export async function readUsers(db: Queries, organizationId: string, ids: readonly string[]): Promise<(id: string) => CredentialUsers> {
  if (ids.length === 0) return () => ({ models: [], model_count: 0, active_model_count: 0 });
  const counts = new Map((await countUsers(db, organizationId, ids)).map((row) => [row.id, row]));
  const named = await nameUsers(db, organizationId, [...counts.keys()]);
  const healthOf = await readHealth(db, organizationId, 'model', [...new Set(named.map(({ slug }) => slug))]);
  const usersById = new Map<string, Credential['models']>();
  for (const { id, ...model } of named) {
    const user = { ...model, health: healthOf(model.slug) };
    const known = usersById.get(id);
    if (known) known.push(user);
    else usersById.set(id, [user]);
  }
  return (id) => ({
    models: usersById.get(id) ?? [],
    model_count: Number(counts.get(id)?.all ?? 0),
    active_model_count: Number(counts.get(id)?.active ?? 0),
  });
}

/** Of those that any model uses. */
async function countUsers(db: Queries, organizationId: string, ids: readonly string[]): Promise<readonly CountRow[]> {
  const these = sql`any(${sql.param([...ids])}::uuid[])`;
  const { rows } = await db.execute<CountRow>(sql`
    select id, count(*) as all, count(*) filter (where active) as active from (
      select credential_id as id, active from models where organization_id = ${organizationId} and credential_id = ${these}
      union all
      select beside.credential_id, model.active from model_credentials beside
      join models model on model.organization_id = beside.organization_id and model.id = beside.model_id
      where beside.organization_id = ${organizationId} and beside.credential_id = ${these}
    ) users group by id`);
  return rows;
}

/** In the order of the index `models_credential_idx`: those of its own are read no further than they are named. */
async function nameUsers(db: Queries, organizationId: string, ids: readonly string[]): Promise<readonly NamedRow[]> {
  const order = sql`active desc, lower(display_name), slug`;
  const { rows } = await db.execute<NamedRow>(sql`
    select credential.id, users.* from unnest(${sql.param([...ids])}::uuid[]) credential (id)
    cross join lateral (
      select slug, display_name, active from (
        (select slug, display_name, active from models
          where organization_id = ${organizationId} and credential_id = credential.id order by ${order} limit ${mostNamed})
        union all
        select model.slug, model.display_name, model.active from model_credentials beside
        join models model on model.organization_id = beside.organization_id and model.id = beside.model_id
        where beside.organization_id = ${organizationId} and beside.credential_id = credential.id
      ) both_kinds order by ${order} limit ${mostNamed}
    ) users
    order by credential.id, ${order}`);
  return rows;
}
