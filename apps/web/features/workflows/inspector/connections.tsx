import { portsOf, type Step } from '@pipelines/contracts';
import { X } from 'lucide-react';
import { Select } from '../../../ui/select.tsx';
import { connect, disconnect } from '../graph/edit-graph.ts';
import type { EditorContext } from './editor-context.ts';

/** Where the step leads: the way to connect without a mouse. */
export function Connections({ step, context }: { readonly step: Step; readonly context: EditorContext }) {
  const { graph, editGraph } = context;
  const titles = new Map(graph.steps.map((each) => [each.name, each.title]));
  return (
    <section aria-label="Connections" className="space-y-3">
      <h3 className="font-medium text-[13px]">Leads to</h3>
      {portsOf(step).map((port) => {
        const edges = graph.edges.filter((edge) => edge.from === step.name && edge.port === port);
        const targets = graph.steps.filter(
          (each) => each.kind !== 'start' && each.name !== step.name && !edges.some((edge) => edge.to === each.name),
        );
        return (
          <div key={port} className="space-y-1.5">
            {port !== 'next' && <div className="font-mono text-muted text-xs">{port}</div>}
            {edges.length > 0 && (
              <ul className="space-y-1">
                {edges.map((edge) => (
                  <li key={edge.to} className="flex items-center gap-2 rounded-lg border border-line py-0.5 pr-0.5 pl-3 text-[13px]">
                    <span className="min-w-0 flex-1 truncate">{titles.get(edge.to) ?? edge.to}</span>
                    <button
                      type="button"
                      aria-label={`Disconnect ${titles.get(edge.to) ?? edge.to}`}
                      onClick={() => editGraph((before) => disconnect(before, edge))}
                      className="flex size-7 items-center justify-center rounded-md hover:bg-hover"
                    >
                      <X aria-hidden className="size-3.5" />
                    </button>
                  </li>
                ))}
              </ul>
            )}
            {targets.length > 0 && (
              <Select
                value={null}
                label={port === 'next' ? 'Connect to' : `Connect ${port} to`}
                placeholder="Connect to…"
                onValueChange={(to: string) => editGraph((before) => connect(before, { from: step.name, port, to }))}
                options={targets.map((target) => ({ value: target.name, label: target.title, hint: target.name }))}
              />
            )}
          </div>
        );
      })}
    </section>
  );
}
