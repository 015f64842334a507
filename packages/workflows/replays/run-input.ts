import { type ChatRequest, PipelinesError, type Principal, type ReplayAnswer } from '@pipelines/contracts';
import type { EndedAttempt } from '@pipelines/gateway';
import Big from 'big.js';
import type { ClaimedRun } from './claim-runs.ts';
import { fitsSchema } from './compare-answers.ts';
import type { ReplayRequest } from './replay-request.ts';
import type { ReplaysContext } from './replays-context.ts';

/** What became of one call of a model, as its row tells it. */
export interface RunOutcome {
  readonly state: 'succeeded' | 'failed';
  readonly answer: ReplayAnswer | null;
  readonly errorCode: string | null;
  readonly fitsSchema: boolean | null;
  readonly attemptId: string | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly cost: string | null;
  readonly latencyMs: number | null;
}

/**
 * Asks a model for one input, the way a program would, and no other model in its place. A refusal is an outcome.
 * @throws PipelinesError `client_closed_request` when `signal` ends it
 */
export async function runInput(
  { gateway }: Pick<ReplaysContext, 'gateway'>,
  run: ClaimedRun,
  request: ReplayRequest,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const attempts: EndedAttempt[] = [];
  const idempotencyKey = `replay-${run.replayId}-${run.item}-${run.side}`;
  try {
    const { text, toolCalls } = await gateway.completeChatOnce({
      principal: principalOf(run),
      body: { ...request, model: run.slug } as ChatRequest,
      requestId: `replay_${run.replayId}`,
      source: 'replay',
      idempotencyKey,
      fallbacks: [],
      signal,
      onAttempt: (attempt) => attempts.push(attempt),
    });
    const answer = { text, tool_calls: toolCalls.map(({ function: called }) => ({ name: called.name, arguments: called.arguments })) };
    return { ...measure(attempts), state: 'succeeded', answer, errorCode: null, fitsSchema: fitsSchema(request, answer) };
  } catch (error) {
    if (!(error instanceof PipelinesError) || error.code === 'client_closed_request') throw error;
    return { ...measure(attempts), state: 'failed', answer: null, errorCode: error.code, fitsSchema: null };
  }
}

function principalOf({ organizationId, createdBy }: ClaimedRun): Principal {
  const actor = createdBy === null ? ({ type: 'system', id: null } as const) : ({ type: 'member', id: createdBy } as const);
  return { organizationId, actor, role: 'builder', allowedModels: null };
}

/** All attempts have cost something; the last one tells how long the answer took. */
function measure(attempts: readonly EndedAttempt[]) {
  const last = attempts.at(-1);
  const known = attempts.every(({ cost, end }) => cost !== null || end.status === 'failed');
  return {
    attemptId: last?.attemptId ?? null,
    promptTokens: last?.end.usage?.promptTokens ?? null,
    completionTokens: last?.end.usage?.completionTokens ?? null,
    cost: known && last?.cost != null ? attempts.reduce<Big>((sum, { cost }) => sum.plus(cost ?? '0'), new Big(0)).toFixed() : null,
    latencyMs: last === undefined ? null : Math.round(last.end.latencyMs),
  };
}
