import type { StepOf } from '@pipelines/contracts';
import { retryStep } from '../retry-step.ts';
import type { StepContext, StepDoors, StepResult } from '../step-context.ts';
import { StepFailure } from '../step-failure.ts';
import { buildChat } from './build-chat.ts';
import { readOutput } from './read-output.ts';

type LlmDoors = Pick<StepDoors, 'gateway' | 'registry'>;

/** Asks the step's model, and where it cannot answer, the fallback, once. The first model's failure is the one that is told. */
export async function runLlm(step: StepOf<'llm'>, context: StepContext, doors: LlmDoors): Promise<StepResult> {
  const { model, fallback_model, retries } = step.config;
  if (model === null) throw new StepFailure('invalid_request', `The step "${step.name}" has no model.`);
  try {
    return await askModel(step, model, retries, context, doors);
  } catch (error) {
    context.signal.throwIfAborted();
    if (fallback_model === null || fallback_model === model) throw error;
    return await askModel(step, fallback_model, 0, context, doors).catch((again: unknown) => {
      context.signal.throwIfAborted();
      throw error instanceof StepFailure ? error : again;
    });
  }
}

function askModel(step: StepOf<'llm'>, slug: string, retries: number, context: StepContext, doors: LlmDoors): Promise<StepResult> {
  const timeoutMs = step.config.timeout_seconds * 1_000;
  return retryStep({ retries, timeoutMs, signal: context.signal }, async (signal) => {
    try {
      return await askOnce(step, slug, { ...context, signal }, doors);
    } catch (error) {
      throw StepFailure.of(error, slug);
    }
  });
}

async function askOnce(step: StepOf<'llm'>, slug: string, context: StepContext, { gateway, registry }: LlmDoors): Promise<StepResult> {
  const { organizationId, stepRunId, idempotencyKey, scope, signal, onAttempt, caller } = context;
  // Looked up for each try: what was changed meanwhile counts.
  const model = registry.resolve(organizationId, slug);
  if (model === null)
    throw new StepFailure('model_not_found', `There is no model "${slug}", which the step "${step.name}" asks.`, { slug });
  const { body, notes } = buildChat(step, model, scope);
  const input = { ...body, ...(notes.length > 0 && { notes }) };
  context.onInput(input);
  const onPiece = context.watchAnswer();
  const answer = await gateway.completeChatOnce({
    principal: caller?.principal ?? { organizationId, actor: { type: 'system', id: null }, role: 'builder', allowedModels: null },
    body,
    requestId: stepRunId,
    source: caller?.source ?? 'workflow',
    ...(caller === undefined && { stepRunId }),
    idempotencyKey,
    signal,
    onAttempt,
    ...(onPiece !== null && { onPiece }),
  });
  const sent = answer.changes === null ? input : { ...input, changes: answer.changes };
  context.onInput(sent);
  const output = readOutput(step, answer, slug);
  return { state: 'finished', input: sent, output, port: 'next', thinking: answer.thinking };
}
