import type { ToolDiscovery } from '@pipelines/contracts';
import { Badge } from '../../../ui/badge.tsx';

export interface FoundToolsProps {
  readonly tools: ToolDiscovery['tools'];
  readonly leftOut: number;
  readonly disabled: ReadonlySet<string>;
  readonly onToggle: (name: string) => void;
}

/** What a look has found, and which of it pipelines are offered. */
export function FoundTools({ tools, leftOut, disabled, onToggle }: FoundToolsProps) {
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-[13px]">Tools that pipelines are offered</legend>
      <ul className="max-h-72 divide-y divide-line overflow-y-auto rounded-lg border border-line">
        {tools.map((tool) => (
          <li key={tool.name}>
            <label className="flex cursor-pointer items-start gap-2.5 px-3 py-2 hover:bg-hover">
              <input
                type="checkbox"
                checked={!disabled.has(tool.name)}
                onChange={() => onToggle(tool.name)}
                className="mt-0.5 size-4 shrink-0 accent-primary"
              />
              <span className="min-w-0 text-[13px]">
                <span className="flex flex-wrap items-center gap-2">
                  <span className="break-all font-medium font-mono text-xs">{tool.name}</span>
                  {tool.operation && <Badge>{tool.operation}</Badge>}
                </span>
                {tool.description && <span className="line-clamp-2 block break-words text-muted text-xs">{tool.description}</span>}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {leftOut > 0 && (
        <p className="mt-1.5 text-muted text-xs">
          {leftOut} more {leftOut === 1 ? 'was' : 'were'} left out: too many, too large, or of a form that cannot be called with JSON.
        </p>
      )}
    </fieldset>
  );
}
