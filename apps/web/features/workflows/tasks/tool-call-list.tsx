import type { ToolCallEntry } from '@pipelines/contracts';
import { formatDuration } from '../../../ui/format-duration.ts';
import { Status, type StatusTone } from '../../../ui/status.tsx';
import { JsonValue } from './json-value.tsx';

const words: Record<ToolCallEntry['status'], { readonly tone: StatusTone; readonly word: string }> = {
  running: { tone: 'busy', word: 'No answer yet' },
  succeeded: { tone: 'ok', word: 'Answered' },
  failed: { tone: 'bad', word: 'Failed' },
};

/** Each call of a tool by one run of a step. What a tool says is shown as text, whatever it is. */
export function ToolCallList({ calls }: { readonly calls: readonly ToolCallEntry[] }) {
  return (
    <section aria-label="Tool calls" className="@container">
      <h3 className="mb-1 font-medium text-[13px]">Tool calls</h3>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {calls.map((call) => (
          <li key={call.id}>
            <details>
              <summary className="flex list-none flex-wrap items-center gap-x-3 gap-y-1 rounded-lg px-3 py-2 text-[13px] hover:bg-hover">
                <span className="text-muted text-xs tabular-nums">Round {call.round}</span>
                <code className="break-all font-mono text-xs">{call.tool}</code>
                {call.endpoint_name && <span className="text-muted text-xs">{call.endpoint_name}</span>}
                <span className="ml-auto flex items-center gap-3">
                  {call.latency_ms !== null && <span className="text-muted text-xs tabular-nums">{formatDuration(call.latency_ms)}</span>}
                  <Status tone={words[call.status].tone}>{words[call.status].word}</Status>
                </span>
              </summary>
              <div className="space-y-3 px-3 pb-3">
                {call.error && <p className="text-[13px] text-bad">{call.error}</p>}
                <div className="grid gap-4 @2xl:grid-cols-2">
                  <JsonValue label="Arguments" value={call.arguments} />
                  <JsonValue label="Result" value={call.result} />
                </div>
              </div>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
