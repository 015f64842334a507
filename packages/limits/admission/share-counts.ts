import type { Log } from '@pipelines/contracts';
import { type Database, repeatTask } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { type CallCounter, type CountedElsewhere, minuteOf } from './call-counter.ts';
import type { Rules } from './follow-rules.ts';

export interface CountSharingOptions {
  readonly database: Database;
  readonly processId: string;
  readonly rules: Pick<Rules, 'of' | 'counters'>;
  readonly now: () => number;
  readonly onTime: (epochMs: number) => void;
  readonly log: Log;
}

const shareEveryMs = 1_000;
/** What a process that is gone had out counts no longer than this. */
const freshSeconds = 10;
const keptMinutes = 3;

interface TheirRow extends Record<string, unknown> {
  readonly organization_id: string;
  readonly subject: string;
  readonly minute: number;
  readonly requests: string;
  readonly tokens: string;
  readonly earlier_requests: string;
  readonly earlier_tokens: string;
  readonly concurrent: string;
}

/**
 * Tells the other processes what this one has counted, and learns what they have: once a second, where calls are limited. Where
 * that fails, each process goes on with its own counts. Returns how to stop.
 */
export function keepSharingCounts({ database, processId, rules, now, onTime, log }: CountSharingOptions): () => Promise<void> {
  /** Those that are limited and have been called lately. */
  function listActive(): { readonly organizationId: string; readonly subject: string; readonly counter: CallCounter }[] {
    const oldest = minuteOf(now()) - 1;
    return [...rules.counters].flatMap(([organizationId, subjects]) =>
      [...subjects]
        .filter(([subject, counter]) => {
          const limit = rules.of(organizationId)?.bySubject.get(subject)?.limit ?? null;
          return limit !== null && (counter.changed || counter.minute >= oldest || counter.concurrent > 0);
        })
        .map(([subject, counter]) => ({ organizationId, subject, counter })),
    );
  }

  async function share(): Promise<void> {
    const active = listActive();
    if (active.length === 0) return;
    const own = active.map(({ organizationId, subject, counter }) => {
      const { minute, requests, tokens, earlierRequests, earlierTokens, concurrent } = counter;
      counter.changed = false;
      return {
        organization_id: organizationId,
        subject,
        process_id: processId,
        minute,
        requests,
        tokens,
        earlier_requests: earlierRequests,
        earlier_tokens: earlierTokens,
        concurrent,
      };
    });
    await database.db.execute(sql`
      insert into call_counts (organization_id, subject, process_id, minute, requests, tokens, earlier_requests, earlier_tokens, concurrent)
      select organization_id, subject, process_id, minute, requests, tokens, earlier_requests, earlier_tokens, concurrent
      from json_populate_recordset(null::call_counts, ${JSON.stringify(own)}::json) order by 1, 2
      on conflict (organization_id, subject, process_id) do update set minute = excluded.minute, requests = excluded.requests,
        tokens = excluded.tokens, earlier_requests = excluded.earlier_requests, earlier_tokens = excluded.earlier_tokens,
        concurrent = excluded.concurrent, updated_at = now()`);
    await learn(active);
  }

  /** Their newest minute, with what they had before it. */
  async function learn(active: ReturnType<typeof listActive>): Promise<void> {
    const keys = JSON.stringify(active.map(({ organizationId, subject }) => ({ organization_id: organizationId, subject })));
    const { rows } = await database.db.execute<TheirRow & { readonly now_ms: string }>(sql`
      with theirs as (
        select c.*, max(c.minute) over (partition by c.organization_id, c.subject) as newest
        from call_counts c join json_populate_recordset(null::call_counts, ${keys}::json) k using (organization_id, subject)
        where c.process_id <> ${processId} and c.updated_at > now() - make_interval(mins => ${keptMinutes})
      )
      select organization_id, subject, newest as minute, extract(epoch from clock_timestamp()) * 1000 as now_ms,
        coalesce(sum(requests) filter (where minute = newest), 0) as requests,
        coalesce(sum(tokens) filter (where minute = newest), 0) as tokens,
        coalesce(sum(case when minute = newest then earlier_requests when minute = newest - 1 then requests end), 0) as earlier_requests,
        coalesce(sum(case when minute = newest then earlier_tokens when minute = newest - 1 then tokens end), 0) as earlier_tokens,
        coalesce(sum(concurrent) filter (where updated_at > now() - make_interval(secs => ${freshSeconds})), 0) as concurrent
      from theirs group by organization_id, subject, newest`);
    const theirs = new Map(rows.map((row) => [`${row.organization_id}/${row.subject}`, row]));
    for (const { organizationId, subject, counter } of active) {
      const row = theirs.get(`${organizationId}/${subject}`);
      counter.hear(row === undefined ? null : countsOf(row));
    }
    if (rows[0] !== undefined) onTime(Number(rows[0].now_ms));
  }

  return repeatTask({ task: 'share_call_counts', everyMs: shareEveryMs, log, work: share });
}

function countsOf(row: TheirRow): CountedElsewhere {
  return {
    minute: row.minute,
    requests: Number(row.requests),
    tokens: Number(row.tokens),
    earlierRequests: Number(row.earlier_requests),
    earlierTokens: Number(row.earlier_tokens),
    concurrent: Number(row.concurrent),
  };
}
