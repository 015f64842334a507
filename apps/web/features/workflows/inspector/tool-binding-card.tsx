import type { ToolBinding, ToolEndpoint } from '@pipelines/contracts';
import { Segmented } from '../../../ui/segmented.tsx';

export interface ToolBindingCardProps {
  readonly endpoint: ToolEndpoint;
  /** Null: nothing of it is bound. */
  readonly binding: ToolBinding | null;
  readonly isGreyed: boolean;
  readonly onChange: (binding: ToolBinding | null) => void;
}

/** One endpoint: none of its tools, all of them (also those to come), or some. */
export function ToolBindingCard({ endpoint, binding, isGreyed, onChange }: ToolBindingCardProps) {
  const offered = endpoint.tools.filter((tool) => tool.enabled);
  const chosen = new Set(binding?.tools ?? []);
  const all: ToolBinding = { endpoint_id: endpoint.id, tools: null };
  // A tool that is gone is shown as long as it is chosen.
  const names = [...new Set([...offered.map((tool) => tool.name), ...chosen])];
  const toggle = (name: string) =>
    onChange({ ...all, tools: names.filter((each) => (each === name ? !chosen.has(name) : chosen.has(each))) });
  return (
    <div className={`rounded-lg border border-line ${isGreyed ? 'bg-hover text-muted' : ''}`}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2">
        <label className="flex min-w-0 flex-1 items-center gap-2.5 text-[13px]">
          <input
            type="checkbox"
            checked={binding !== null}
            onChange={() => onChange(binding === null ? all : null)}
            className="size-4 shrink-0 accent-primary"
          />
          <span className="truncate">{endpoint.name}</span>
          <span className="shrink-0 text-muted text-xs tabular-nums">{endpoint.enabled ? offered.length : 'switched off'}</span>
        </label>
        {binding !== null && (
          <Segmented
            label={`Tools of ${endpoint.name}`}
            value={binding.tools === null ? 'all' : 'some'}
            onValueChange={(which) => onChange(which === 'all' ? all : { ...all, tools: offered.map((tool) => tool.name) })}
            options={[
              { value: 'all', label: 'All' },
              { value: 'some', label: 'Some' },
            ]}
          />
        )}
      </div>
      {binding !== null && binding.tools !== null && (
        <ul className="max-h-56 overflow-y-auto border-line border-t px-3 py-1.5">
          {names.map((name) => (
            <li key={name}>
              <label className="flex items-start gap-2.5 py-1 text-[13px]">
                <input
                  type="checkbox"
                  checked={chosen.has(name)}
                  onChange={() => toggle(name)}
                  className="mt-0.5 size-4 shrink-0 accent-primary"
                />
                <span className="min-w-0">
                  <span className="block break-all font-mono text-xs leading-5">{name}</span>
                  <span className="line-clamp-2 block break-words text-muted text-xs">
                    {endpoint.tools.find((tool) => tool.name === name)?.description ?? 'It does not exist any more.'}
                  </span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
