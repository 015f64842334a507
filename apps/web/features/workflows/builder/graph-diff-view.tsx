import type { Edge, Step } from '@pipelines/contracts';
import { Badge } from '../../../ui/badge.tsx';
import { type FieldChange, type GraphDiff, isSame } from '../graph/diff-graphs.ts';
import { stepKindNames } from '../graph/new-step.ts';

/** What changed between two graphs, in words: steps that came, went or changed, field by field. */
export function GraphDiffView({ diff }: { readonly diff: GraphDiff }) {
  if (isSame(diff)) return <p className="text-muted">The same steps, settings and connections.</p>;
  return (
    <div className="space-y-3 text-[13px]">
      {diff.added.map((step) => (
        <StepLine key={`+${step.name}`} word="Added" tone="ok" step={step} />
      ))}
      {diff.removed.map((step) => (
        <StepLine key={`-${step.name}`} word="Removed" tone="bad" step={step} />
      ))}
      {diff.changed.map(({ step, fields }) => (
        <section key={step.name} aria-label={`Changes of ${step.title}`}>
          <StepLine word="Changed" tone="accent" step={step} />
          <dl className="mt-1.5 space-y-2 border-line border-l-2 pl-3">
            {fields.map((change) => (
              <FieldChangeRow key={change.field} change={change} />
            ))}
          </dl>
        </section>
      ))}
      {diff.connected.map((edge) => (
        <EdgeLine key={`+${edgeWords(edge)}`} word="Connected" tone="ok" edge={edge} />
      ))}
      {diff.disconnected.map((edge) => (
        <EdgeLine key={`-${edgeWords(edge)}`} word="Disconnected" tone="bad" edge={edge} />
      ))}
    </div>
  );
}

function StepLine({ word, tone, step }: { readonly word: string; readonly tone: 'ok' | 'bad' | 'accent'; readonly step: Step }) {
  return (
    <p className="flex flex-wrap items-center gap-2">
      <Badge tone={tone}>{word}</Badge>
      <span className="font-medium">{step.title}</span>
      <span className="text-muted">
        {stepKindNames[step.kind]} · {step.name}
      </span>
    </p>
  );
}

function EdgeLine({ word, tone, edge }: { readonly word: string; readonly tone: 'ok' | 'bad'; readonly edge: Edge }) {
  return (
    <p className="flex flex-wrap items-center gap-2">
      <Badge tone={tone}>{word}</Badge>
      {edgeWords(edge)}
    </p>
  );
}

function edgeWords(edge: Edge): string {
  return edge.port === 'next' ? `${edge.from} → ${edge.to}` : `${edge.from} (${edge.port}) → ${edge.to}`;
}

function FieldChangeRow({ change }: { readonly change: FieldChange }) {
  return (
    <div>
      <dt className="text-muted text-xs">{change.field.replace(/^config\./, '').replaceAll('_', ' ')}</dt>
      <dd className="whitespace-pre-wrap break-words">
        {change.before !== null && <del className="text-bad decoration-bad/50">{change.before || '(empty)'}</del>}
        {change.before !== null && change.after !== null && <span aria-hidden> → </span>}
        {change.after !== null && <ins className="text-ok no-underline">{change.after || '(empty)'}</ins>}
      </dd>
    </div>
  );
}
