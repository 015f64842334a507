import type { Model } from '@pipelines/contracts';

export interface ModelGroup {
  readonly label: string;
  readonly items: Model[];
}

/** Platform, then Custom, in the registry's order; without those that were deactivated. */
export function groupModels(models: readonly Model[]): ModelGroup[] {
  const active = models.filter((model) => model.active);
  return [
    { label: 'Platform', items: active.filter((model) => model.kind === 'platform') },
    { label: 'Custom', items: active.filter((model) => model.kind === 'custom') },
  ].filter((group) => group.items.length > 0);
}
