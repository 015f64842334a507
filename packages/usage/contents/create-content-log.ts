import type { AttemptContent, ContentKeeper, Log, Principal } from '@pipelines/contracts';
import { type Database, repeatTask } from '@pipelines/database';
import { ContentBudget } from './bounded-bytes.ts';
import type { ContentVault } from './content-vault.ts';
import { ContentWriter } from './content-writer.ts';
import { createDraft } from './create-draft.ts';
import { purgeContents } from './purge-contents.ts';
import { readContent } from './read-content.ts';
import { type RecentCall, readRecentCalls } from './read-recent-calls.ts';

export interface ContentLogOptions {
  readonly database: Pick<Database, 'db'>;
  readonly vault: ContentVault;
  /** Whether an organization keeps contents, from memory. */
  readonly keepsContent: (organizationId: string) => boolean;
  readonly log: Log;
  /** Memory for contents of calls that run and of those that wait to be written. Default 64 MiB. */
  readonly maxBytes?: number;
}

/** What was said in calls, for the organizations that keep it: sealed, for so many days, and read only under audit. */
export interface ContentLog extends ContentKeeper {
  /** Begins to delete what has been kept for long enough. */
  start(): void;
  /** @throws PipelinesError `not_found`, `content_unreadable` */
  read(principal: Principal, attemptId: string): Promise<AttemptContent>;
  /** The newest good calls of a model that are kept whole. @throws PipelinesError `content_unreadable` */
  readRecent(principal: Principal, query: { readonly slug: string; readonly limit: number }): Promise<readonly RecentCall[]>;
  /** Deletes what is too old, now. Returns of how many calls. */
  purge(): Promise<number>;
  /** Resolves when the contents of all calls that have ended are written. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const defaultMaxBytes = 64 * 1024 * 1024;
const purgeEveryMs = 10 * 60_000;

export function createContentLog({ database, vault, keepsContent, log, maxBytes = defaultMaxBytes }: ContentLogOptions): ContentLog {
  const budget = new ContentBudget(maxBytes);
  const writer = new ContentWriter({ database, vault, budget, log });
  let stopPurging = async (): Promise<void> => undefined;

  async function purge(): Promise<number> {
    const calls = await purgeContents(database);
    if (calls > 0) log({ event: 'contents_purged', calls });
    return calls;
  }

  return {
    begin(organizationId, request) {
      if (!keepsContent(organizationId)) return null;
      return createDraft(organizationId, request, budget, (contents, bytes) => writer.add(contents, bytes));
    },
    start() {
      stopPurging = repeatTask({ task: 'purge_contents', everyMs: purgeEveryMs, firstAfterMs: 0, log, work: purge });
    },
    read: (principal, attemptId) => readContent(database, vault, principal, attemptId),
    readRecent: (principal, query) => readRecentCalls(database, vault, principal, query),
    purge,
    flush: () => writer.flush(),
    async close() {
      await stopPurging();
      await writer.close();
    },
  };
}
