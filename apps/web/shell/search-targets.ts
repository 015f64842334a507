import type { Model, Permission, WorkflowSummary } from '@pipelines/contracts';
import { allowedPages, type Page } from './pages.ts';

export type SearchTarget =
  | { readonly kind: 'page'; readonly id: string; readonly name: string; readonly page: Page }
  | { readonly kind: 'model'; readonly id: string; readonly name: string; readonly slug: string }
  | { readonly kind: 'workflow'; readonly id: string; readonly name: string; readonly workflowId: string };

export interface TargetGroup {
  readonly label: string;
  readonly items: SearchTarget[];
}

/** What the server found for what is typed. */
export interface Found {
  readonly models: readonly Pick<Model, 'slug' | 'display_name'>[];
  readonly workflows: readonly Pick<WorkflowSummary, 'id' | 'name'>[];
}

/** Of what was found for the text before, what fits the present one by its name or slug: Enter never opens something else. */
export function keepFitting({ models, workflows }: Found, typed: string): Found {
  const wanted = typed.trim().toLowerCase();
  return {
    models: models.filter((model) => `${model.display_name}\n${model.slug}`.toLowerCase().includes(wanted)),
    workflows: workflows.filter((workflow) => workflow.name.toLowerCase().includes(wanted)),
  };
}

/** Pages that match what is typed, then what the server found for it. */
export function findTargets(typed: string, permissions: readonly Permission[], found: Found): TargetGroup[] {
  const wanted = typed.trim().toLowerCase();
  const pages = allowedPages(permissions)
    .filter((page) => page.name.toLowerCase().includes(wanted))
    .map((page): SearchTarget => ({ kind: 'page', id: page.to, name: page.name, page }));
  const models = found.models.map(
    (model): SearchTarget => ({ kind: 'model', id: `model:${model.slug}`, name: model.display_name, slug: model.slug }),
  );
  const workflows = found.workflows.map(({ id, name }): SearchTarget => ({ kind: 'workflow', id: `workflow:${id}`, name, workflowId: id }));
  return [
    { label: 'Pages', items: pages },
    { label: 'Models', items: models },
    { label: 'Pipelines', items: workflows },
  ].filter((group) => group.items.length > 0);
}
