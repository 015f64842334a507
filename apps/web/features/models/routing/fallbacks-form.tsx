import { type Model, type ModelRouting, maxFallbacks } from '@pipelines/contracts';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useEdits } from '../../../use-edits.ts';
import { TargetSelect } from '../impact/target-select.tsx';
import { Part } from './part.tsx';
import { useUpdateRouting } from './use-routing.ts';

interface FallbacksFormProps {
  readonly model: Model;
  readonly routing: ModelRouting;
  readonly closed: string | null;
}

/** The models that answer in its place, in order. */
export function FallbacksForm({ model, routing, closed }: FallbacksFormProps) {
  const { values, isEdited, edit } = useEdits<{ slugs: readonly string[] }>({ slugs: routing.fallbacks.map(({ slug }) => slug) });
  const { slugs } = values;
  const setSlugs = (next: readonly string[]) => edit({ slugs: next });
  const save = useUpdateRouting(model.slug);
  const names = new Map(
    routing.fallbacks.map(({ slug, display_name, active }) => [slug, active ? display_name : `${display_name} (deactivated)`]),
  );

  function move(index: number, by: number) {
    const moved = [...slugs];
    const [slug] = moved.splice(index, 1);
    if (slug !== undefined) moved.splice(index + by, 0, slug);
    setSlugs(moved);
  }

  return (
    <Part
      title="Fallback models"
      help="Asked in this order where the model cannot answer and nothing has been sent yet. Never for a fault of the request, and only where they can do what it asks."
    >
      <div className="grid max-w-xl gap-3">
        <ProblemAlert error={save.error} />
        {slugs.length === 0 && <p className="text-[13px] text-muted">None: a call fails when the model does.</p>}
        {slugs.length > 0 && (
          <ol aria-label="Fallback models" className="divide-y divide-line rounded-lg border border-line">
            {slugs.map((slug, index) => (
              <li key={slug} className="flex items-center gap-2 px-3 py-1.5 text-[13px]">
                <span className="w-5 text-muted tabular-nums">{index + 1}.</span>
                <span className="min-w-0 flex-1 truncate">{names.get(slug) ?? slug}</span>
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={`Move ${slug} up`}
                  icon={<ArrowUp aria-hidden className="size-4" />}
                  unavailable={closed ?? (index === 0 ? 'It is the first.' : null)}
                  onClick={() => move(index, -1)}
                />
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={`Move ${slug} down`}
                  icon={<ArrowDown aria-hidden className="size-4" />}
                  unavailable={closed ?? (index === slugs.length - 1 ? 'It is the last.' : null)}
                  onClick={() => move(index, 1)}
                />
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={`Remove ${slug}`}
                  icon={<X aria-hidden className="size-4" />}
                  unavailable={closed}
                  onClick={() => setSlugs(slugs.filter((other) => other !== slug))}
                />
              </li>
            ))}
          </ol>
        )}
        {closed === null && slugs.length < maxFallbacks && (
          <TargetSelect
            from={model}
            value={null}
            label="Add a fallback model"
            placeholder="Add a fallback model …"
            onChange={(slug) => setSlugs(slugs.includes(slug) ? slugs : [...slugs, slug])}
          />
        )}
        <div>
          <Button
            size="small"
            variant="primary"
            pending={save.isPending}
            unavailable={closed ?? (isEdited ? null : 'Nothing has been changed.')}
            onClick={() => save.mutate({ fallbacks: [...slugs] })}
          >
            Save fallbacks
          </Button>
        </div>
      </div>
    </Part>
  );
}
