import type { Principal, Step, ToolCallEntry, TryEvent, TryStepBody } from '@pipelines/contracts';
import type { EndedAttempt } from '@pipelines/gateway';
import Big from 'big.js';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import { runStep } from './run-step.ts';
import type { StepDoors } from './step-context.ts';
import { StepFailure } from './step-failure.ts';

/**
 * Runs an LLM step on samples exactly as a task would, retries and fallback included, on the caller's own account.
 * A failure is told as an event. Rejects only when `signal` is aborted.
 */
export async function tryStep(
  doors: StepDoors,
  principal: Principal,
  { name, config, input, steps }: TryStepBody,
  tell: (event: TryEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const step: Step = { kind: 'llm', name, title: name, position: { x: 0, y: 0 }, config };
  const startedAtMs = performance.now();
  const costs: (string | null)[] = [];
  let request: unknown = null;
  const onAttempt = (attempt: EndedAttempt) => {
    costs.push(attempt.cost ?? (attempt.end.status === 'failed' ? '0' : null));
    tell({ type: 'attempt', attempt: describeAttempt(attempt, request) });
  };
  const context = {
    organizationId: principal.organizationId,
    stepRunId: uuidv7(),
    idempotencyKey: uuidv4(),
    startedAt: new Date().toISOString(),
    // A trial is no part of what limits count.
    turnTo: () => Promise.resolve(),
    scope: { input, steps: fillOutputs(steps) },
    signal,
    onAttempt,
    onInput: (asked: unknown) => {
      request = withoutImages(asked);
    },
    onToolCall: (call: ToolCallEntry) => tell({ type: 'tool_call', call }),
    watchAnswer: (round: number) => {
      tell({ type: 'call', round, request });
      return ({ text, thinking }: { text: string; thinking: string }) => tell({ type: 'piece', text, thinking });
    },
    caller: { principal, source: 'step_try' as const },
  };
  const sums = () => ({ cost: sum(costs), latency_ms: Math.round(performance.now() - startedAtMs) });
  try {
    const result = await runStep(step, context, doors);
    if (result.state !== 'finished') throw new TypeError('An LLM step waits for nobody.');
    tell({ type: 'finished', request: withoutImages(result.input), output: result.output, thinking: result.thinking ?? null, ...sums() });
  } catch (error) {
    signal.throwIfAborted();
    const { code, message, slug } = StepFailure.of(error);
    tell({ type: 'failed', error: { code, message, step: name, slug }, ...sums() });
  }
}

/** Whoever tries has the images already: their bytes do not travel back. */
function withoutImages(request: unknown): unknown {
  return JSON.parse(JSON.stringify(request, (_, value: unknown) => (isImage(value) ? `${value.slice(0, 40)}…` : value)));
}

function isImage(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('data:image/') && value.length > 1_000;
}

function fillOutputs(steps: TryStepBody['steps']): Record<string, { output: unknown }> {
  return Object.fromEntries(Object.entries(steps).map(([name, { output }]) => [name, { output: output ?? null }]));
}

function describeAttempt({ attemptId, end, cost }: EndedAttempt, request: unknown) {
  return {
    attempt_id: attemptId,
    slug: (request as { model?: string } | null)?.model ?? '',
    status: end.status,
    prompt_tokens: end.usage?.promptTokens ?? null,
    completion_tokens: end.usage?.completionTokens ?? null,
    cost,
    latency_ms: Math.round(end.latencyMs),
  };
}

function sum(costs: readonly (string | null)[]): string | null {
  if (costs.includes(null)) return null;
  return costs.reduce<Big>((whole, each) => whole.plus(each ?? '0'), new Big(0)).toFixed();
}
