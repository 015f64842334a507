import type { StepOf } from '@pipelines/contracts';
import type { ToolSession } from '../../tools/session/tool-session.ts';
import { retryStep } from '../retry-step.ts';
import type { StepContext, StepDoors, StepResult } from '../step-context.ts';
import { StepFailure } from '../step-failure.ts';
import { type BuiltChat, buildChat } from './build-chat.ts';
import { readOutput } from './read-output.ts';
import { type AskModel, type CostLimit, createCostLimit, type LoopResult, runToolLoop } from './run-tool-loop.ts';

type LlmDoors = Pick<StepDoors, 'gateway' | 'registry' | 'tools'>;

/** Asks the step's model, and where it cannot answer, the fallback, once. The first model's failure is the one that is told. */
export async function runLlm(step: StepOf<'llm'>, context: StepContext, doors: LlmDoors): Promise<StepResult> {
  const { model, fallback_model, retries } = step.config;
  if (model === null) throw new StepFailure('invalid_request', `The step "${step.name}" has no model.`);
  const cost = createCostLimit(step);
  try {
    return await askModel(step, model, retries, context, doors, cost);
  } catch (error) {
    context.signal.throwIfAborted();
    if (fallback_model === null || fallback_model === model) throw error;
    await context.turnTo(fallback_model);
    // It has a time of its own.
    const again = { ...context, startedAt: new Date().toISOString() };
    return await askModel(step, fallback_model, 0, again, doors, cost).catch((second: unknown) => {
      context.signal.throwIfAborted();
      throw error instanceof StepFailure ? error : second;
    });
  }
}

function askModel(
  step: StepOf<'llm'>,
  slug: string,
  retries: number,
  context: StepContext,
  doors: LlmDoors,
  cost: CostLimit,
): Promise<StepResult> {
  const timeoutMs = step.config.timeout_seconds * 1_000;
  return retryStep({ retries, timeoutMs, startedAt: context.startedAt, signal: context.signal }, async (signal) => {
    try {
      return await askOnce(step, slug, { ...context, signal }, doors, cost);
    } catch (error) {
      throw StepFailure.of(error, slug);
    }
  });
}

async function askOnce(
  step: StepOf<'llm'>,
  slug: string,
  context: StepContext,
  { gateway, registry, tools }: LlmDoors,
  cost: CostLimit,
): Promise<StepResult> {
  const { organizationId, stepRunId, idempotencyKey, scope, signal, onAttempt, onToolCall, caller } = context;
  // Looked up for each try: what was changed meanwhile counts.
  const model = registry.resolve(organizationId, slug);
  if (model === null)
    throw new StepFailure('model_not_found', `There is no model "${slug}", which the step "${step.name}" asks.`, { slug });
  const { body, notes } = buildChat(step, model, scope);
  const bindings = model.target.capabilities.tool_use ? step.config.tools : [];
  const owner = { organizationId, step: step.name, stepRunId, idempotencyKey };
  const session = bindings.length === 0 ? null : await tools.openSession(owner, bindings, onToolCall);
  const ask: AskModel = (sent, round, tell) => {
    // Some providers break a streamed call of a tool: that somebody looks in on a task must not change what comes of it.
    const onPiece = session === null || onToolCall !== undefined ? context.watchAnswer(round) : null;
    return gateway.completeChatOnce({
      principal: caller?.principal ?? { organizationId, actor: { type: 'system', id: null }, role: 'builder', allowedModels: null },
      body: sent,
      requestId: stepRunId,
      source: caller?.source ?? 'workflow',
      ...(caller === undefined && { stepRunId }),
      // Each round asks something else.
      idempotencyKey: round === 1 ? idempotencyKey : `${idempotencyKey}-${round}`,
      signal,
      // A step that names a fallback of its own has decided: those of the model's settings are not asked.
      ...(step.config.fallback_model !== null && { fallbacks: [] }),
      onAttempt(attempt) {
        tell(attempt);
        onAttempt(attempt);
      },
      ...(onPiece !== null && { onPiece }),
    });
  };
  const first = { ...body, ...(session !== null && { tools: session.tools }) };
  context.onInput({ ...first, ...(notes.length > 0 && { notes }) });
  const { answer, notes: more } = await answerOf(step, body, session, ask, cost, signal);
  const told = [...notes, ...more];
  const { changes } = answer;
  const sent = { ...first, ...(told.length > 0 && { notes: told }), ...(changes !== null && { changes }) };
  context.onInput(sent);
  const output = readOutput(step, answer, slug);
  return { state: 'finished', input: sent, output, port: 'next', thinking: answer.thinking };
}

async function answerOf(
  step: StepOf<'llm'>,
  body: BuiltChat['body'],
  session: ToolSession | null,
  ask: AskModel,
  cost: CostLimit,
  signal: AbortSignal,
): Promise<LoopResult> {
  if (session === null) return { answer: await ask(body, 1, () => undefined), notes: [] };
  try {
    // Tools that have all been switched off are none: a model refuses an empty list.
    if (session.tools.length === 0) return { answer: await ask(body, 1, () => undefined), notes: ['None of its tools is switched on.'] };
    return await runToolLoop(step, body, session, ask, cost, signal);
  } finally {
    await session.close();
  }
}
