import { type LimitSubjectType, PipelinesError } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { validate } from 'uuid';
import type { LimitsContext } from './limits-context.ts';

/** What a call limit or a budget is on. `id` is null for the organization, a slug for a model. */
export interface LimitSubject {
  readonly type: LimitSubjectType;
  readonly id: string | null;
}

/** The same as columns: at most one of them is set. */
export interface SubjectColumns {
  readonly apiKeyId: string | null;
  readonly memberId: string | null;
  readonly slug: string | null;
}

export function subjectOf({ apiKeyId, memberId, slug }: SubjectColumns): LimitSubject {
  if (apiKeyId !== null) return { type: 'api_key', id: apiKeyId };
  if (memberId !== null) return { type: 'member', id: memberId };
  return slug === null ? { type: 'organization', id: null } : { type: 'model', id: slug };
}

export function columnsOf({ type, id }: LimitSubject): SubjectColumns {
  return { apiKeyId: type === 'api_key' ? id : null, memberId: type === 'member' ? id : null, slug: type === 'model' ? id : null };
}

/** As one text, within an organization. */
export function subjectKey({ type, id }: LimitSubject): string {
  return id === null ? type : `${type}:${id}`;
}

/** As a body names it. @throws PipelinesError `invalid_request` */
export function readSubject(body: {
  readonly subject_type: LimitSubjectType;
  readonly subject_id?: string | null | undefined;
}): LimitSubject {
  const { subject_type: type, subject_id: id = null } = body;
  if ((type === 'organization') === (id === null)) return { type, id };
  const message = id === null ? 'Required' : 'The organization has none';
  throw new PipelinesError('invalid_request', { fields: [{ field: 'subject_id', message }] });
}

/** As a query narrows a list down. Null: to nothing, because there is no such thing. */
export function readSubjectFilter(
  table: Readonly<Record<keyof SubjectColumns, PgColumn>>,
  query: { readonly subject_type?: LimitSubjectType | undefined; readonly subject_id?: string | undefined },
): SQL | undefined | null {
  const { subject_type: type, subject_id: id = null } = query;
  if (type === undefined) return undefined;
  if (type !== 'model' && id !== null && !validate(id)) return null;
  if (type === 'organization') return and(isNull(table.apiKeyId), isNull(table.memberId), isNull(table.slug));
  const column = { api_key: table.apiKeyId, member: table.memberId, model: table.slug }[type];
  return id === null ? sql`${column} is not null` : eq(column, id);
}

/** @throws PipelinesError `not_found`, `model_not_found`, for another organization's too */
export async function requireSubject(
  { registry }: Pick<LimitsContext, 'registry'>,
  db: Queries | Transaction,
  organizationId: string,
  { type, id }: LimitSubject,
): Promise<void> {
  if (type === 'organization' || id === null) return;
  if (type === 'model') {
    if (registry.resolve(organizationId, id) === null) throw new PipelinesError('model_not_found');
    return;
  }
  const table = type === 'api_key' ? schema.apiKeys : schema.members;
  const found = validate(id)
    ? await db
        .select({ id: table.id })
        .from(table)
        .where(and(eq(table.organizationId, organizationId), eq(table.id, id)))
    : [];
  if (found.length === 0) throw new PipelinesError('not_found');
}

/** What people call it; a model by its slug, as calls do. */
export const subjectName = (table: Readonly<Record<'organizationId' | keyof SubjectColumns, PgColumn>>) => sql<string>`coalesce(
  (select name from api_keys where organization_id = ${table.organizationId} and id = ${table.apiKeyId}),
  (select name from members where organization_id = ${table.organizationId} and id = ${table.memberId}),
  ${table.slug}, (select name from organizations where id = ${table.organizationId}))`;
