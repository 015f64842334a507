import type { KeptBody, Principal } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { ContentVault } from './content-vault.ts';
import { isWithinRetention } from './purge-contents.ts';
import { openBodies } from './seal-draft.ts';

const { attempts, attemptContents, organizations } = schema;

/** Calls that somebody made because the work wanted it: no tests of ours, and no replays. */
const realSources = ['gateway', 'playground', 'workflow'] as const;

/** A call that went well, with what was said in it. */
export interface RecentCall {
  readonly attemptId: string;
  readonly keptAt: Date;
  readonly request: KeptBody;
  readonly answer: KeptBody;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly cost: string | null;
  readonly latencyMs: number | null;
}

/**
 * The newest good calls of a model whose contents are kept whole. That they were read is written down first.
 * @throws PipelinesError `content_unreadable`
 */
export async function readRecentCalls(
  { db }: Pick<Database, 'db'>,
  vault: ContentVault,
  principal: Principal,
  { slug, limit }: { readonly slug: string; readonly limit: number },
): Promise<readonly RecentCall[]> {
  const { organizationId } = principal;
  const rows = await db.transaction(async (tx) => {
    const found = await tx
      .select({ attempt: attempts, content: attemptContents })
      .from(attempts)
      .innerJoin(
        attemptContents,
        and(eq(attemptContents.organizationId, attempts.organizationId), eq(attemptContents.attemptId, attempts.id)),
      )
      .innerJoin(organizations, eq(organizations.id, attempts.organizationId))
      .where(
        and(
          eq(attempts.organizationId, organizationId),
          eq(attempts.slug, slug),
          eq(attempts.status, 'succeeded'),
          inArray(attempts.source, [...realSources]),
          isWithinRetention(),
        ),
      )
      .orderBy(desc(attempts.startedAt), desc(attempts.id))
      .limit(limit);
    if (found.length > 0) await recordAudit(tx, principal, 'contents.read', { type: 'model', id: slug });
    return found;
  });
  const calls: RecentCall[] = [];
  for (const { attempt, content } of rows) {
    const { request, answer } = await openBodies(vault, content);
    if (answer === null || request.truncated || answer.truncated) continue;
    const { promptTokens, completionTokens, cost, latencyMs } = attempt;
    calls.push({ attemptId: attempt.id, keptAt: content.keptAt, request, answer, promptTokens, completionTokens, cost, latencyMs });
  }
  return calls;
}
