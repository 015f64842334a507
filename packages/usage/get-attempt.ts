import { type AttemptDetail, PipelinesError } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { and, eq } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import { attemptSelection, toAttempt } from './attempt-view.ts';

const { attempts, apiKeys, members, credentials, attemptContents } = schema;

/** One row of an organization's log. @throws PipelinesError `not_found`, for another organization's too */
export async function getAttempt({ db }: Pick<Database, 'db'>, organizationId: string, id: string): Promise<AttemptDetail> {
  const [row] = isUuid(id)
    ? await db
        .select({
          ...attemptSelection,
          credentialPreview: credentials.preview,
          credentialDeletedAt: credentials.deletedAt,
          content: attemptContents.attemptId,
        })
        .from(attempts)
        .leftJoin(apiKeys, and(eq(apiKeys.organizationId, attempts.organizationId), eq(apiKeys.id, attempts.apiKeyId)))
        .leftJoin(members, and(eq(members.organizationId, attempts.organizationId), eq(members.id, attempts.memberId)))
        .leftJoin(credentials, and(eq(credentials.organizationId, attempts.organizationId), eq(credentials.id, attempts.credentialId)))
        .leftJoin(
          attemptContents,
          and(eq(attemptContents.organizationId, attempts.organizationId), eq(attemptContents.attemptId, attempts.id)),
        )
        .where(and(eq(attempts.organizationId, organizationId), eq(attempts.id, id)))
    : [];
  if (row === undefined)
    throw new PipelinesError('not_found', {
      detail: 'There is no such call in the log.',
      fix: 'See the log for the calls that there are.',
    });
  const { attempt, credentialPreview: preview, credentialDeletedAt, content } = row;
  const credential =
    attempt.credentialId === null || preview === null ? null : { id: attempt.credentialId, preview, deleted: credentialDeletedAt !== null };
  const isGuessed = attempt.cost === null && attempt.status !== 'failed';
  const estimate = isGuessed ? attempt.estimatedCost : null;
  return { ...toAttempt(row), credential, estimated_cost: estimate, content_kept: content !== null };
}
