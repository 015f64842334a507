import { type ChatRequest, PipelinesError, type Principal } from '@pipelines/contracts';
import { adapters, type JsonBody } from '@pipelines/providers';
import type { ResolvedModel } from '@pipelines/registry';
import { checkCapabilities } from '../check-capabilities.ts';

/** Whether a model may stand in for another one: this caller may call it, and it is offered for what is asked, in words that its provider knows. */
export function canTake(model: ResolvedModel, { allowedModels }: Principal, body: JsonBody<ChatRequest>): boolean {
  if (!model.active || (allowedModels !== null && !allowedModels.has(model.slug))) return false;
  try {
    checkCapabilities(model, body.value);
    adapters[model.protocol].prepare({ target: model.target, body, stream: body.value.stream === true });
    return true;
  } catch (error) {
    if (error instanceof PipelinesError) return false;
    throw error;
  }
}
