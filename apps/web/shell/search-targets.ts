import type { Model, Permission } from '@pipelines/contracts';
import { allowedPages, type Page } from './pages.ts';

export type SearchTarget =
  | { readonly kind: 'page'; readonly id: string; readonly name: string; readonly page: Page }
  | { readonly kind: 'model'; readonly id: string; readonly name: string; readonly slug: string };

export interface TargetGroup {
  readonly label: string;
  readonly items: SearchTarget[];
}

/** Pages that match what is typed, then the models that the server found for it. */
export function findTargets(
  typed: string,
  permissions: readonly Permission[],
  models: readonly Pick<Model, 'slug' | 'display_name'>[],
): TargetGroup[] {
  const wanted = typed.trim().toLowerCase();
  const pages = allowedPages(permissions)
    .filter((page) => page.name.toLowerCase().includes(wanted))
    .map((page): SearchTarget => ({ kind: 'page', id: page.to, name: page.name, page }));
  const found = models.map(
    (model): SearchTarget => ({ kind: 'model', id: `model:${model.slug}`, name: model.display_name, slug: model.slug }),
  );
  return [
    { label: 'Pages', items: pages },
    { label: 'Models', items: found },
  ].filter((group) => group.items.length > 0);
}
