import type { ApiKeyImpact, ModelImpact, WorkflowImpact } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { KeyRound, Split, Tag, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatUsd } from '../../../ui/decimal-text.ts';
import { EffectWord } from './effect-word.tsx';

/** Everybody whom a change affects: who, how badly, why, and how much they have used the model. */
export function ImpactList({ impact }: { readonly impact: ModelImpact }) {
  return (
    <ul aria-label="Affected" className="divide-y divide-line rounded-lg border border-line">
      {impact.workflows.map((workflow) => (
        <Affected key={workflow.workflow_id} icon={<Workflow aria-hidden />} name={<WorkflowLink {...workflow} />} who={workflow}>
          {workflow.steps.map((step) => (
            <div key={step.step}>
              <span className="text-fg">{step.title}:</span> {step.reasons.join(' ')}
            </div>
          ))}
        </Affected>
      ))}
      {impact.api_keys?.map((key) => (
        <Affected key={key.id} icon={<KeyRound aria-hidden />} name={`${key.name} (API key …${key.last_four})`} who={key}>
          {key.reasons.join(' ')}
        </Affected>
      ))}
      {impact.aliases.map((alias) => (
        <NamedUser key={alias} icon={<Tag aria-hidden />} name={alias}>
          Programs call it by this alias: those calls fail.
        </NamedUser>
      ))}
      {impact.stands_in_for.map(({ slug, display_name }) => (
        <NamedUser key={slug} icon={<Split aria-hidden />} name={display_name}>
          Loses it as a fallback.
        </NamedUser>
      ))}
    </ul>
  );
}

function NamedUser({ icon, name, children }: { readonly icon: ReactNode; readonly name: string; readonly children: ReactNode }) {
  return (
    <li className="flex gap-2.5 px-3 py-2 text-[13px] [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted">
      {icon}
      <div className="min-w-0 flex-1">
        <span className="font-medium">{name}</span>
        <div className="text-muted">{children}</div>
      </div>
    </li>
  );
}

function WorkflowLink({ workflow_id, name }: Pick<WorkflowImpact, 'workflow_id' | 'name'>) {
  return (
    <Link to="/workflows/$id" params={{ id: workflow_id }} className="underline-offset-2 hover:underline">
      {name}
    </Link>
  );
}

interface AffectedProps {
  readonly icon: ReactNode;
  readonly name: ReactNode;
  readonly who: Pick<WorkflowImpact | ApiKeyImpact, 'effect' | 'calls' | 'cost' | 'unknown_cost_calls'>;
  readonly children: ReactNode;
}

function Affected({ icon, name, who, children }: AffectedProps) {
  return (
    <li className="flex gap-2.5 px-3 py-2 text-[13px] [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted">
      {icon}
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className="min-w-0 break-words font-medium text-fg">{name}</span>
          <EffectWord effect={who.effect} />
        </div>
        <div className="break-words text-muted">{children}</div>
        <div className="text-muted text-xs tabular-nums">{describeCalls(who)}</div>
      </div>
    </li>
  );
}

function describeCalls({ calls, cost, unknown_cost_calls: unknown }: AffectedProps['who']): string {
  if (calls === 0) return 'No calls in the last 30 days';
  const spent = unknown === calls ? 'cost unknown' : formatUsd(cost);
  const missing = unknown > 0 && unknown < calls ? `, ${unknown.toLocaleString()} of unknown cost` : '';
  return `${calls.toLocaleString()} ${calls === 1 ? 'call' : 'calls'} in the last 30 days, ${spent}${missing}`;
}
