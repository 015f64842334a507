import { type ModelTask, PipelinesError } from '@pipelines/contracts';
import type { ResolvedModel } from '@pipelines/registry';

const words: Readonly<Record<ModelTask, { readonly does: string; readonly route: string }>> = {
  chat: { does: 'chats', route: 'POST /v1/chat/completions' },
  embeddings: { does: 'embeds texts', route: 'POST /v1/embeddings' },
};

/** @throws PipelinesError `model_task_mismatch` */
export function checkTask(model: Pick<ResolvedModel, 'slug' | 'task'>, task: ModelTask, param = 'model'): void {
  if (model.task === task) return;
  const { does, route } = words[model.task];
  throw new PipelinesError('model_task_mismatch', {
    detail: `The model "${model.slug}" ${does}, which is not what this call is for.`,
    fix: `Call it by ${route}, or use another model here.`,
    param,
  });
}
