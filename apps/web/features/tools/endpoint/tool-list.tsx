import type { Tool, ToolEndpointDetail } from '@pipelines/contracts';
import { useState } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { Input } from '../../../ui/input.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { useSwitchTool } from './use-tool-endpoint.ts';

export interface ToolListProps {
  readonly endpoint: ToolEndpointDetail;
  readonly mayWrite: boolean;
}

/** Below so many a search only takes room. */
const searchedFrom = 8;

/** Every tool with what it takes, and whether pipelines are offered it. */
export function ToolList({ endpoint, mayWrite }: ToolListProps) {
  const [search, setSearch] = useState('');
  const switchTool = useSwitchTool(endpoint.id);
  const wanted = search.trim().toLowerCase();
  const shown = endpoint.tools.filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(wanted));
  return (
    <section aria-label="Tools">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold text-[15px]">
          Tools <span className="font-normal text-muted tabular-nums">{endpoint.tools.length}</span>
        </h2>
        {endpoint.tools.length >= searchedFrom && (
          <Input
            type="search"
            aria-label="Search tools"
            placeholder="Search tools"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className="w-64"
          />
        )}
      </div>
      <ProblemAlert error={switchTool.error} />
      <ul className="divide-y divide-line rounded-xl border border-line bg-panel">
        {shown.map((tool) => (
          <ToolRow
            key={tool.name}
            tool={tool}
            disabled={!mayWrite || switchTool.isPending}
            onSwitch={(enabled) => switchTool.mutate({ name: tool.name, enabled })}
          />
        ))}
        {shown.length === 0 && <li className="px-4 py-6 text-center text-muted">No tool fits.</li>}
      </ul>
    </section>
  );
}

interface ToolRowProps {
  readonly tool: Tool;
  readonly disabled: boolean;
  readonly onSwitch: (enabled: boolean) => void;
}

function ToolRow({ tool, disabled, onSwitch }: ToolRowProps) {
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-2">
          <code className="break-all font-medium font-mono text-[13px]">{tool.name}</code>
          {tool.operation && <Badge>{tool.operation}</Badge>}
        </div>
        {tool.description && <p className="mt-0.5 whitespace-pre-line break-words text-[13px] text-muted">{tool.description}</p>}
        <details className="mt-1.5 text-[13px]">
          <summary className="w-fit text-primary-text">What it takes{summaryOf(tool)}</summary>
          <div className="mt-2 max-w-3xl">
            <CodeBlock code={JSON.stringify(tool.input_schema, null, 2)} what={`input schema of ${tool.name}`} />
          </div>
        </details>
      </div>
      <Switch label={`Offer ${tool.name} to pipelines`} checked={tool.enabled} disabled={disabled} onCheckedChange={onSwitch} />
    </li>
  );
}

function summaryOf({ input_schema }: Tool): string {
  const { properties } = input_schema;
  const names = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  if (names.length === 0) return '';
  return `: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' …' : ''}`;
}
