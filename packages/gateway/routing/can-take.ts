import { PipelinesError, type Principal } from '@pipelines/contracts';
import type { ResolvedModel } from '@pipelines/registry';
import { speak } from '../attempts/speak.ts';
import { checkCapabilities } from '../check-capabilities.ts';
import { checkTask } from '../check-task.ts';
import type { SpokenRequest } from '../dialects/dialect.ts';
import { needsInlining } from '../images/inline-images.ts';

/** Whether a model may stand in for another one: this caller may call it, and it is offered for what is asked, in words that its provider knows. */
export function canTake(model: ResolvedModel, { allowedModels }: Principal, request: SpokenRequest): boolean {
  // Vectors of another embedding model would not fit those that are stored.
  if (model.task !== 'chat' || request.dialect.task !== 'chat') return false;
  if (!model.active || (allowedModels !== null && !allowedModels.has(model.slug))) return false;
  try {
    checkTask(model, request.dialect.task);
    checkCapabilities(model, request.chat.value);
    // What needs the bytes of an image first is known to fit once they are there.
    if (!needsInlining(request, model)) speak(request, model);
    return true;
  } catch (error) {
    if (error instanceof PipelinesError) return false;
    throw error;
  }
}
