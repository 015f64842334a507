import type { ContentDraft } from '@pipelines/contracts';
import { BoundedBytes, type ContentBudget } from './bounded-bytes.ts';

/** The largest body that is kept whole. */
const maxBodyBytes = 512 * 1024;

/** One call to a provider with what was said in it, ready to be sealed. */
export interface DraftedContent {
  readonly organizationId: string;
  readonly attemptId: string;
  readonly request: BoundedBytes;
  /** Null: the same as the caller's. */
  readonly upstreamRequest: BoundedBytes | null;
  readonly answer: BoundedBytes | null;
  readonly hide: (text: string) => string | Promise<string>;
}

type DraftedAttempt = Pick<DraftedContent, 'attemptId' | 'upstreamRequest' | 'hide'>;

/** Takes a call down. At its end `keep` gets each of its attempts; the answer is the last one's. */
export function createDraft(
  organizationId: string,
  callerBody: Uint8Array,
  budget: ContentBudget,
  keep: (contents: readonly DraftedContent[], bytes: number) => void,
): ContentDraft {
  const attempts: DraftedAttempt[] = [];
  const request = copyOf(callerBody);
  const answer = new BoundedBytes(maxBodyBytes, budget);
  let ended = false;

  function copyOf(body: Uint8Array): BoundedBytes {
    const copy = new BoundedBytes(maxBodyBytes, budget);
    copy.add(body);
    return copy;
  }

  return {
    addAttempt(attemptId, body, hide) {
      const upstreamRequest = body === null || request.equals(body) ? null : copyOf(body);
      attempts.push({ attemptId, upstreamRequest, hide });
    },
    addAnswer(bytes) {
      if (!ended) answer.add(bytes);
    },
    end() {
      if (ended) return;
      ended = true;
      const bytes = attempts.reduce((sum, { upstreamRequest }) => sum + (upstreamRequest?.kept ?? 0), request.kept + answer.kept);
      const last = attempts.at(-1);
      const contents = attempts.map((attempt) => ({
        organizationId,
        request,
        ...attempt,
        answer: attempt === last && answer.length > 0 ? answer : null,
      }));
      keep(contents, bytes);
    },
  };
}
