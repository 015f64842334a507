import type { Principal, ReplayAnswer, ReplayRun } from '@pipelines/contracts';
import { writeCsv } from '../batches/write-csv.ts';
import { readReplayResults } from './read-items.ts';
import type { ReplaysContext } from './replays-context.ts';

const columns = ['state', 'text', 'tool_calls', 'fits_schema', 'prompt_tokens', 'completion_tokens', 'cost', 'latency_ms', 'error_code'];

/** A replay as a CSV, one line an input, the two models beside each other. @throws PipelinesError `not_found`, `content_unreadable` */
export async function exportReplay(context: ReplaysContext, principal: Principal, slug: string, id: string): Promise<string> {
  const { data } = await readReplayResults(context, principal, slug, id);
  const sides = ['baseline', 'candidate'];
  const header = [
    ...['item', 'request', 'same_text', 'same_tool_calls'],
    ...sides.flatMap((side) => columns.map((column) => `${side}.${column}`)),
  ];
  const records = data.map((row) => [
    ...[row.item, row.request === null ? null : JSON.stringify(row.request), row.same_text, row.same_tool_calls],
    ...cellsOf(row.baseline, row.baseline_answer),
    ...cellsOf(row.candidate, row.candidate_answer),
  ]);
  return writeCsv([header, ...records]);
}

function cellsOf(run: ReplayRun, answer: ReplayAnswer | null): unknown[] {
  const calls = answer === null || answer.tool_calls.length === 0 ? null : JSON.stringify(answer.tool_calls);
  const numbers = [run.prompt_tokens, run.completion_tokens, run.cost, run.latency_ms];
  return [run.state, answer?.text, calls, run.fits_schema, ...numbers, run.error_code];
}
