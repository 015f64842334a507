import type { Condition, GateConfig } from '@pipelines/contracts';
import { Plus, Trash2 } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { renameRoute } from '../graph/edit-graph.ts';
import { freeName } from '../graph/new-step.ts';
import { ConditionFields } from './condition-fields.tsx';
import type { StepFieldsProps } from './editor-context.ts';
import { NameInput } from './name-input.tsx';

type Route = GateConfig['routes'][number];
const firstCondition: Condition = { value: '', json_path: '', operator: 'equals', operand: '' };

/** Routes in order: the first whose conditions hold is taken, otherwise the default. */
export function GateFields({ step, context }: StepFieldsProps<'gate'>) {
  const { routes } = step.config;
  const names = routes.map((route) => route.name);
  const put = (next: Route[], field: string) => context.change({ ...step, config: { routes: next } }, field);
  const change = (index: number, part: Partial<Route>, field: string) =>
    put(
      routes.map((route, at) => (at === index ? { ...route, ...part } : route)),
      field,
    );
  return (
    <section aria-label="Routes" className="space-y-3">
      <div>
        <h3 className="font-medium text-[13px]">Routes</h3>
        <p className="text-muted text-xs">The first route that holds is taken, otherwise the default.</p>
      </div>
      {routes.map((route, index) => (
        <fieldset key={names.indexOf(route.name) === index ? route.name : index} className="space-y-3 rounded-lg border border-line p-3">
          <legend className="sr-only">Route {route.name}</legend>
          <NameInput
            label="Route"
            field={`routes.${index}.name`}
            context={context}
            value={route.name}
            taken={[...names, 'default']}
            onValueChange={(name) => context.editGraph((graph) => renameRoute(graph, step.name, route.name, name))}
          />
          {route.conditions.length > 1 && (
            <Segmented
              label="How the conditions count"
              value={route.match}
              onValueChange={(match) => change(index, { match }, `routes.${index}.match`)}
              options={[
                { value: 'all', label: 'All hold' },
                { value: 'any', label: 'One holds' },
              ]}
            />
          )}
          {route.conditions.map((condition, place) => (
            <ConditionFields
              // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no other identity
              key={place}
              number={place + 1}
              field={`routes.${index}.conditions.${place}`}
              condition={condition}
              context={context}
              onChange={(next) =>
                change(
                  index,
                  { conditions: route.conditions.map((each, at) => (at === place ? next : each)) },
                  `routes.${index}.conditions.${place}`,
                )
              }
              onRemove={
                route.conditions.length > 1
                  ? () => change(index, { conditions: route.conditions.filter((_, at) => at !== place) }, 'routes')
                  : null
              }
            />
          ))}
          <div className="flex flex-wrap gap-1">
            <Button
              variant="ghost"
              size="small"
              icon={<Plus aria-hidden className="size-3.5" />}
              unavailable={route.conditions.length >= 20 ? 'A route has at most 20 conditions.' : null}
              onClick={() => change(index, { conditions: [...route.conditions, firstCondition] }, 'routes')}
            >
              Condition
            </Button>
            <Button
              variant="ghost"
              size="small"
              icon={<Trash2 aria-hidden className="size-3.5" />}
              onClick={() =>
                put(
                  routes.filter((_, at) => at !== index),
                  'routes',
                )
              }
            >
              Remove {route.name}
            </Button>
          </div>
        </fieldset>
      ))}
      <Button
        size="small"
        icon={<Plus aria-hidden className="size-3.5" />}
        unavailable={routes.length >= 20 ? 'A gate has at most 20 routes.' : null}
        onClick={() => put([...routes, { name: freeName('route', names), match: 'all', conditions: [firstCondition] }], 'routes')}
      >
        Add a route
      </Button>
    </section>
  );
}
