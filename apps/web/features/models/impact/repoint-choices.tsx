import type { Repoint, RepointedWorkflow } from '@pipelines/contracts';
import type { ReactNode } from 'react';

export interface RepointChoicesProps {
  readonly preview: Repoint;
  /** Workflows that were unchecked. */
  readonly left: ReadonlySet<string>;
  /** API keys that were checked. */
  readonly keys: ReadonlySet<string>;
  readonly onToggleWorkflow: (id: string) => void;
  readonly onToggleKey: (id: string) => void;
}

/** Who would be repointed: workflows are taken along unless unchecked, API keys only where checked. */
export function RepointChoices({ preview, left, keys, onToggleWorkflow, onToggleKey }: RepointChoicesProps) {
  return (
    <>
      <fieldset>
        <legend className="mb-1.5 font-medium text-[13px]">Workflows</legend>
        {preview.workflows.length === 0 && <p className="text-[13px] text-muted">No workflow uses the model.</p>}
        <ul className="divide-y divide-line rounded-lg border border-line empty:hidden">
          {preview.workflows.map((workflow) => (
            <Choice
              key={workflow.workflow_id}
              name={workflow.name}
              detail={describeSteps(workflow)}
              problems={workflow.problems.map(({ part, step, message }) => `${part === 'draft' ? 'Draft, ' : ''}${step}: ${message}`)}
              checked={goes(workflow) && !left.has(workflow.workflow_id)}
              disabled={!goes(workflow)}
              onToggle={() => onToggleWorkflow(workflow.workflow_id)}
            />
          ))}
        </ul>
      </fieldset>
      {preview.api_keys.length > 0 && (
        <fieldset>
          <legend className="mb-1.5 font-medium text-[13px]">API keys that are limited to this model</legend>
          <ul className="divide-y divide-line rounded-lg border border-line">
            {preview.api_keys.map((key) => (
              <Choice
                key={key.id}
                name={key.name}
                detail={`ppl_…${key.last_four}`}
                problems={key.message === null ? [] : [key.message]}
                checked={keys.has(key.id)}
                disabled={false}
                onToggle={() => onToggleKey(key.id)}
              />
            ))}
          </ul>
        </fieldset>
      )}
    </>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly detail: ReactNode;
  readonly problems: readonly string[];
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly onToggle: () => void;
}

function Choice({ name, detail, problems, checked, disabled, onToggle }: ChoiceProps) {
  return (
    <li className="px-3 py-2 text-[13px]">
      <label className="flex items-start gap-2.5">
        <input type="checkbox" checked={checked} disabled={disabled} onChange={onToggle} className="mt-0.5 size-4 accent-primary" />
        <span className="min-w-0 flex-1">
          <span className="block break-words font-medium">{name}</span>
          <span className="block text-muted">{detail}</span>
          {problems.map((problem) => (
            <span key={problem} className="block text-bad">
              {problem}
            </span>
          ))}
        </span>
      </label>
    </li>
  );
}

function goes({ published, draft }: RepointedWorkflow): boolean {
  return published === 'repointed' || draft === 'repointed';
}

function describeSteps({ state, published, steps, draft, draft_steps }: RepointedWorkflow): string {
  const inDraft = draft !== 'unused' && (published === 'unused' || draft_steps.join() !== steps.join());
  const parts = [
    ...(published === 'unused' ? [] : [`${state === 'paused' ? 'Paused, ' : ''}published: ${steps.join(', ')}`]),
    ...(inDraft ? [`draft: ${draft_steps.join(', ')}`] : []),
  ];
  return parts.join('; ') || 'Does not use it.';
}
