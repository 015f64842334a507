import type { Database } from '@pipelines/database';
import { schema } from '@pipelines/database';
import { and, eq, isNotNull, isNull, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Leases } from '../budgets/leases.ts';
import { periodStart } from '../budgets/period.ts';
import { type SubjectColumns, subjectKey, subjectName, subjectOf } from '../limit-subject.ts';
import type { CallCounter } from './call-counter.ts';
import type { BudgetRule, CallLimitRule, OrganizationRules, SubjectRules } from './limit-rules.ts';

const { callLimits, budgets, apiKeys } = schema;

export interface LoadRulesOptions {
  readonly database: Pick<Database, 'db'>;
  readonly leases: Leases;
  /** The same for a subject each time. */
  readonly counterOf: (organizationId: string, subject: string) => CallCounter;
}

/** What limits calls, by organization; of one, or of all (null). Organizations without any are left out. */
export async function loadRules(options: LoadRulesOptions, organizationId: string | null): Promise<Map<string, OrganizationRules>> {
  const { db } = options.database;
  const within = (column: PgColumn): SQL | undefined => (organizationId === null ? undefined : eq(column, organizationId));
  const limits = await db
    .select({ row: callLimits, name: subjectName(callLimits) })
    .from(callLimits)
    .where(within(callLimits.organizationId));
  const spending = await db
    .select({ row: budgets, name: subjectName(budgets) })
    .from(budgets)
    .where(and(within(budgets.organizationId), isNull(budgets.deletedAt)));
  const drafts = new Map<string, Map<string, Draft>>();
  for (const { row, name } of limits) draftOf(drafts, row, name).limit = row;
  for (const { row, name } of spending) draftOf(drafts, row, name).budgets.push(ruleOf(options, row));
  const owners = await loadKeyOwners(
    options,
    organizationId,
    [...limits, ...spending].some(({ row }) => row.memberId !== null),
  );
  return new Map(
    [...drafts].map(([id, subjects]) => [
      id,
      {
        bySubject: new Map(
          [...subjects].map(([key, draft]): [string, SubjectRules] => [key, { ...draft, counter: options.counterOf(id, key) }]),
        ),
        keyOwners: owners.get(id) ?? new Map(),
      },
    ]),
  );
}

interface Draft extends Omit<SubjectRules, 'counter'> {
  limit: CallLimitRule | null;
  readonly budgets: BudgetRule[];
}

function draftOf(drafts: Map<string, Map<string, Draft>>, row: SubjectColumns & { readonly organizationId: string }, name: string): Draft {
  const ofOrganization = drafts.get(row.organizationId) ?? new Map<string, Draft>();
  drafts.set(row.organizationId, ofOrganization);
  const subject = subjectOf(row);
  const key = subjectKey(subject);
  const draft = ofOrganization.get(key) ?? { subject, name, limit: null, budgets: [] };
  ofOrganization.set(key, draft);
  return draft;
}

function ruleOf({ leases }: LoadRulesOptions, row: typeof budgets.$inferSelect): BudgetRule {
  const { organizationId, id, period, amount, refuseUnknownPrices } = row;
  return {
    id,
    period,
    amount,
    refuseUnknownPrices,
    leaseAt: (nowMs) => leases.of({ organizationId, budgetId: id, startsAtMs: periodStart(period, nowMs) }),
  };
}

/** Who made which key, by organization; read only where a member is limited. */
async function loadKeyOwners(
  { database: { db } }: LoadRulesOptions,
  organizationId: string | null,
  wanted: boolean,
): Promise<Map<string, Map<string, string>>> {
  const owners = new Map<string, Map<string, string>>();
  if (!wanted) return owners;
  const rows = await db
    .select({ organizationId: apiKeys.organizationId, id: apiKeys.id, owner: apiKeys.createdBy })
    .from(apiKeys)
    .where(
      and(
        organizationId === null ? undefined : eq(apiKeys.organizationId, organizationId),
        isNull(apiKeys.revokedAt),
        isNotNull(apiKeys.createdBy),
      ),
    );
  for (const row of rows) {
    const ofOrganization = owners.get(row.organizationId) ?? new Map<string, string>();
    owners.set(row.organizationId, ofOrganization);
    if (row.owner !== null) ofOrganization.set(row.id, row.owner);
  }
  return owners;
}
