import { type ConcurrencyLimit, PipelinesError, type Principal } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { findWorkflow } from '../workflows/workflow-rows.ts';
import type { WorkflowsContext } from '../workflows-context.ts';

const { concurrencyLimits } = schema;

/** What a limit is on. */
export type LimitSubject = { readonly type: 'organization' } | { readonly type: 'workflow' | 'model'; readonly id: string };

/** @throws PipelinesError `not_found`, `model_not_found` */
export async function getConcurrencyLimit(
  context: WorkflowsContext,
  { organizationId }: Principal,
  subject: LimitSubject,
): Promise<ConcurrencyLimit> {
  const { db } = context.database;
  await requireSubject(context, db, organizationId, subject);
  const [row] = await db.select().from(concurrencyLimits).where(isLimitOn(organizationId, subject));
  return { at_most: row?.atMost ?? null };
}

/**
 * Limits how much of it runs at a time, over all processes, from the next second on. What runs already is let run.
 * @throws PipelinesError `not_found`, `model_not_found`
 */
export async function setConcurrencyLimit(
  context: WorkflowsContext,
  principal: Principal,
  subject: LimitSubject,
  { at_most: atMost }: ConcurrencyLimit,
): Promise<ConcurrencyLimit> {
  const { organizationId } = principal;
  await context.database.db.transaction(async (tx) => {
    await requireSubject(context, tx, organizationId, subject);
    await writeLimit(tx, organizationId, subject, atMost);
    await recordAudit(tx, principal, 'concurrency_limit.updated', auditObject(organizationId, subject), ['at_most']);
  });
  context.engine.wake();
  return { at_most: atMost };
}

async function writeLimit(tx: Transaction, organizationId: string, subject: LimitSubject, atMost: number | null): Promise<void> {
  const { workflowId, slug } = columnsOf(subject);
  if (atMost !== null) {
    await tx
      .insert(concurrencyLimits)
      .values({ organizationId, workflowId, slug, atMost })
      .onConflictDoUpdate({
        target: [concurrencyLimits.organizationId, concurrencyLimits.workflowId, concurrencyLimits.slug],
        set: { atMost },
      });
    return;
  }
  await tx.delete(concurrencyLimits).where(isLimitOn(organizationId, subject));
  // After it, so that no worker holds another task back for a limit that is gone.
  if (slug !== null)
    await tx.execute(sql`update tasks set waits_for = null where organization_id = ${organizationId} and waits_for = ${slug}`);
}

async function requireSubject(
  { registry }: WorkflowsContext,
  db: Queries | Transaction,
  organizationId: string,
  subject: LimitSubject,
): Promise<void> {
  if (subject.type === 'workflow') await findWorkflow(db, organizationId, subject.id);
  if (subject.type === 'model' && registry.resolve(organizationId, subject.id) === null) throw new PipelinesError('model_not_found');
}

function columnsOf(subject: LimitSubject): { readonly workflowId: string | null; readonly slug: string | null } {
  return { workflowId: subject.type === 'workflow' ? subject.id : null, slug: subject.type === 'model' ? subject.id : null };
}

function isLimitOn(organizationId: string, subject: LimitSubject): SQL | undefined {
  const { workflowId, slug } = columnsOf(subject);
  return and(
    eq(concurrencyLimits.organizationId, organizationId),
    workflowId === null ? isNull(concurrencyLimits.workflowId) : eq(concurrencyLimits.workflowId, workflowId),
    slug === null ? isNull(concurrencyLimits.slug) : eq(concurrencyLimits.slug, slug),
  );
}

function auditObject(organizationId: string, subject: LimitSubject) {
  return { type: subject.type, id: subject.type === 'organization' ? organizationId : subject.id };
}
