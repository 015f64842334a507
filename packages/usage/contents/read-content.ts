import { type AttemptContent, PipelinesError, type Principal } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import type { ContentVault } from './content-vault.ts';
import { isWithinRetention } from './purge-contents.ts';
import { openBodies } from './seal-draft.ts';

const { attemptContents, organizations } = schema;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * What was said in one call. That it was read is written down first.
 * @throws PipelinesError `not_found`, for another organization's too, `content_unreadable`
 */
export async function readContent(
  { db }: Pick<Database, 'db'>,
  vault: ContentVault,
  principal: Principal,
  attemptId: string,
): Promise<AttemptContent> {
  const { organizationId } = principal;
  const row = isUuid(attemptId) ? await takeOut(attemptId) : undefined;
  if (row?.retentionDays == null) {
    throw new PipelinesError('not_found', {
      detail: 'Nothing is kept of what was said in this call.',
      fix: 'Contents are kept from the moment on in which an admin switches content logging on under Settings.',
    });
  }
  const { content, retentionDays } = row;
  return {
    attempt_id: content.attemptId,
    kept_at: content.keptAt.toISOString(),
    deleted_at: new Date(content.keptAt.getTime() + retentionDays * dayMs).toISOString(),
    ...(await openBodies(vault, content)),
  };

  function takeOut(id: string) {
    return db.transaction(async (tx) => {
      const [found] = await tx
        .select({ content: attemptContents, retentionDays: organizations.contentRetentionDays })
        .from(attemptContents)
        .innerJoin(organizations, eq(organizations.id, attemptContents.organizationId))
        .where(and(eq(attemptContents.organizationId, organizationId), eq(attemptContents.attemptId, id), isWithinRetention()));
      if (found) await recordAudit(tx, principal, 'content.read', { type: 'attempt', id });
      return found;
    });
  }
}
