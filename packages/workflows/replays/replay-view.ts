import type { Replay, ReplaySide } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, desc, eq, sql } from 'drizzle-orm';
import { findReplay, type ReplayRecord } from './replay-rows.ts';
import type { ReplaySideName } from './seal-replay.ts';

const { replays, members } = schema;
const listed = 20;

interface SumRow extends Record<string, unknown> {
  readonly replay_id: string;
  readonly side: ReplaySideName;
  readonly runs: number;
  readonly ended: number;
  readonly failed: number;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly cost: string;
  readonly unknown_costs: number;
  readonly latency_p50_ms: number | null;
  readonly latency_p95_ms: number | null;
  readonly json_asked: number;
  readonly json_valid: number;
}

interface AlikeRow extends Record<string, unknown> {
  readonly replay_id: string;
  readonly texts: number;
  readonly same_texts: number;
  readonly tool_calls: number;
  readonly same_tool_calls: number;
}

/** @throws PipelinesError `not_found` */
export async function readReplay(db: Queries | Transaction, organizationId: string, slug: string, id: string): Promise<Replay> {
  const row = await findReplay(db, organizationId, slug, id);
  const [view] = await toViews(db, organizationId, [row]);
  return view as Replay;
}

/** The newest of a model. */
export async function listReplays(db: Queries, organizationId: string, slug: string): Promise<{ data: Replay[] }> {
  const rows = await db
    .select()
    .from(replays)
    .where(and(eq(replays.organizationId, organizationId), eq(replays.fromSlug, slug)))
    .orderBy(desc(replays.id))
    .limit(listed);
  return { data: await toViews(db, organizationId, rows) };
}

async function toViews(db: Queries | Transaction, organizationId: string, rows: readonly ReplayRecord[]): Promise<Replay[]> {
  if (rows.length === 0) return [];
  const ids = sql.join(
    rows.map(({ id }) => sql`${id}::uuid`),
    sql`, `,
  );
  const { rows: sums } = await db.execute<SumRow>(sql`
    select replay_id, side, count(*)::int as runs, count(*) filter (where state in ('succeeded', 'failed', 'canceled'))::int as ended,
      count(*) filter (where state = 'failed')::int as failed,
      coalesce(sum(prompt_tokens), 0)::int as prompt_tokens, coalesce(sum(completion_tokens), 0)::int as completion_tokens,
      trim_scale(coalesce(sum(cost), 0))::text as cost,
      count(*) filter (where cost is null and attempt_id is not null and state in ('succeeded', 'failed'))::int as unknown_costs,
      round(percentile_cont(0.5) within group (order by latency_ms) filter (where state = 'succeeded'))::int as latency_p50_ms,
      round(percentile_cont(0.95) within group (order by latency_ms) filter (where state = 'succeeded'))::int as latency_p95_ms,
      count(fits_schema)::int as json_asked, count(*) filter (where fits_schema)::int as json_valid
    from replay_runs where organization_id = ${organizationId} and replay_id in (${ids}) group by replay_id, side`);
  const { rows: alike } = await db.execute<AlikeRow>(sql`
    select replay_id, count(same_text)::int as texts, count(*) filter (where same_text)::int as same_texts,
      count(same_tool_calls)::int as tool_calls, count(*) filter (where same_tool_calls)::int as same_tool_calls
    from replay_items where organization_id = ${organizationId} and replay_id in (${ids}) group by replay_id`);
  const names = await db.select({ id: members.id, name: members.name }).from(members).where(eq(members.organizationId, organizationId));
  return rows.map((row) => {
    const own = sums.filter((sum) => sum.replay_id === row.id);
    const same = alike.find((each) => each.replay_id === row.id);
    // Baselines from the log were there before it began: they are no calls of the replay.
    const made = own.filter(({ side }) => row.inputsFrom === 'pasted' || side === 'candidate');
    return {
      id: row.id,
      from: row.fromSlug,
      to: row.toSlug,
      inputs_from: row.inputsFrom,
      inputs: row.inputs,
      state: row.state,
      progress: { ended: total(made.map(({ ended }) => ended)), total: total(made.map(({ runs }) => runs)) },
      baseline: toSide(row.fromSlug, own, 'baseline'),
      candidate: toSide(row.toSlug, own, 'candidate'),
      texts: { compared: same?.texts ?? 0, same: same?.same_texts ?? 0 },
      tool_calls: { compared: same?.tool_calls ?? 0, same: same?.same_tool_calls ?? 0 },
      created_by: names.find(({ id }) => id === row.createdBy)?.name ?? null,
      created_at: row.createdAt.toISOString(),
      finished_at: row.finishedAt?.toISOString() ?? null,
    };
  });
}

function toSide(slug: string, sums: readonly SumRow[], side: ReplaySideName): ReplaySide {
  const sum = sums.find((each) => each.side === side);
  return {
    slug,
    ended: sum?.ended ?? 0,
    failed: sum?.failed ?? 0,
    prompt_tokens: sum?.prompt_tokens ?? 0,
    completion_tokens: sum?.completion_tokens ?? 0,
    cost: sum?.cost ?? '0',
    unknown_costs: sum?.unknown_costs ?? 0,
    latency_p50_ms: sum?.latency_p50_ms ?? null,
    latency_p95_ms: sum?.latency_p95_ms ?? null,
    json_asked: sum?.json_asked ?? 0,
    json_valid: sum?.json_valid ?? 0,
  };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
