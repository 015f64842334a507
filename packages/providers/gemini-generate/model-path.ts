import { toPathSegment } from '../path-segment.ts';

/** Where a model is, below the base URL. Its ID may come with the name of its collection, as Gemini's own list gives it. */
export function modelPath(providerModelId: string): string {
  const [, collection = 'models', name = providerModelId] = /^(models|tunedModels)\/(.+)$/.exec(providerModelId) ?? [];
  return `${collection}/${toPathSegment(name)}`;
}
