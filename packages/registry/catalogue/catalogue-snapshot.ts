import type { schema } from '@pipelines/database';
import snapshot from './snapshot.json' with { type: 'json' };

type SnapshotModel = Omit<typeof schema.platformModels.$inferInsert, 'position' | 'priceSource' | 'sourceAt' | 'pinned'>;

/** What OpenRouter had when the snapshot was made, so that a server that reaches nothing knows it too. */
export function readSnapshot(): SnapshotModel[] {
  return snapshot.models.map((model) => ({
    slug: model.slug,
    providerModelId: model.slug,
    displayName: model.name,
    contextTokens: model.context,
    maxTokens: model.answer,
    // The snapshot's source does not tell of JSON mode: only a sync can switch it on.
    jsonMode: false,
    vision: model.inputs.includes('image'),
    toolUse: model.tools,
    reasoning: model.efforts !== null,
    reasoningParameter: model.efforts === null ? null : 'effort',
    reasoningEfforts: model.efforts,
    inputModalities: model.inputs,
    inputCostPerToken: model.input,
    outputCostPerToken: model.output,
    cacheReadCostPerToken: model.cache_read,
    cacheWriteCostPerToken: model.cache_write,
    priceTiers: [],
    retiresOn: null,
  }));
}
