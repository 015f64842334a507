import type { Graph, Model, WorkflowVersion } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Segmented } from '../../../../ui/segmented.tsx';
import { Select } from '../../../../ui/select.tsx';
import { ModelSelect } from '../../../model-select.tsx';
import { workflowVersionQuery } from '../../workflow-queries.ts';
import type { DraftCandidate } from './draft-evaluation.ts';

export interface CandidateFieldsProps {
  readonly number: number;
  readonly workflowId: string;
  readonly candidate: DraftCandidate;
  readonly versions: readonly WorkflowVersion[];
  readonly models: readonly Model[];
  readonly onChange: (candidate: DraftCandidate) => void;
  /** Null while two must stay. */
  readonly onRemove: (() => void) | null;
}

/** One side of the comparison: a version, as it is or with another model. */
export function CandidateFields({ number, workflowId, candidate, versions, models, onChange, onRemove }: CandidateFieldsProps) {
  const version = useQuery(workflowVersionQuery(workflowId, candidate.version));
  const steps = llmSteps(version.data?.graph);
  return (
    <fieldset className="space-y-3 rounded-lg border border-line bg-panel p-3">
      <legend className="sr-only">Candidate {number}</legend>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span aria-hidden className="font-medium text-[13px]">
          Candidate {number}
        </span>
        <span className="flex items-center gap-1">
          <Segmented
            label={`Models of candidate ${number}`}
            value={candidate.model === null ? 'published' : 'other'}
            onValueChange={(next) => onChange({ ...candidate, model: next === 'published' ? null : (otherModel(models, steps) ?? '') })}
            options={[
              { value: 'published', label: 'As published' },
              { value: 'other', label: 'Another model' },
            ]}
          />
          <Button
            size="icon"
            variant="ghost"
            aria-label={`Remove candidate ${number}`}
            icon={<X aria-hidden className="size-4" />}
            unavailable={onRemove === null ? 'Two are needed for a comparison.' : null}
            onClick={() => onRemove?.()}
          />
        </span>
      </div>
      <div className="grid gap-3 empty:hidden sm:grid-cols-2">
        {candidate.model !== null && (
          <Field label="Model" required>
            <ModelSelect
              slug={candidate.model || null}
              models={models}
              placeholder="Choose a model"
              onChange={(model) => onChange({ ...candidate, model: model.slug })}
            />
          </Field>
        )}
        {candidate.model !== null && steps.length > 1 && (
          <Field label="In place of">
            <Select
              value={candidate.step ?? ''}
              onValueChange={(next) => onChange({ ...candidate, step: next === '' ? null : next })}
              options={[
                { value: '', label: 'Every model' },
                ...steps.map((step) => ({ value: step.name, label: step.title, hint: step.model ?? '' })),
              ]}
            />
          </Field>
        )}
        {versions.length > 1 && (
          <Field label="Version">
            <Select
              value={String(candidate.version)}
              onValueChange={(next) => onChange({ ...candidate, version: Number(next), step: null })}
              options={versions.map((each) => ({
                value: String(each.version),
                label: `Version ${each.version}`,
                hint: each.note.slice(0, 40),
              }))}
            />
          </Field>
        )}
      </div>
      {candidate.model === null && (
        <p className="text-muted text-xs">
          {steps.map((step) => `${step.title}: ${step.model ?? 'no model'}`).join(' · ') || 'This version asks no model.'}
        </p>
      )}
    </fieldset>
  );
}

interface LlmStep {
  readonly name: string;
  readonly title: string;
  readonly model: string | null;
}

function llmSteps(graph: Graph | undefined): readonly LlmStep[] {
  return (graph?.steps ?? []).flatMap((step) =>
    step.kind === 'llm' ? [{ name: step.name, title: step.title, model: step.config.model }] : [],
  );
}

/** A model that the version does not use, where there is one. */
function otherModel(models: readonly Model[], steps: readonly LlmStep[]): string | null {
  const used = new Set(steps.map((step) => step.model));
  const active = models.filter((model) => model.active);
  return (active.find((model) => !used.has(model.slug)) ?? active[0])?.slug ?? null;
}
