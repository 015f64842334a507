import type { Usage } from '@pipelines/contracts';
import type { ReactNode } from 'react';
import { formatUsd, roundDecimal } from '../../ui/decimal-text.ts';
import { formatDuration } from '../../ui/format-duration.ts';
import { shortCount } from '../../ui/token-count.ts';

export function UsageTiles({ total }: { readonly total: Usage['total'] }) {
  const tokens = total.prompt_tokens + total.completion_tokens;
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4 lg:gap-4">
      <Tile
        name="Spend"
        value={<span title={`${formatUsd(total.cost)} exactly`}>{formatUsd(roundDecimal(total.cost, 2))}</span>}
        note={
          total.unknown_cost_calls > 0
            ? `+ ${total.unknown_cost_calls.toLocaleString('en')} ${total.unknown_cost_calls === 1 ? 'call' : 'calls'} of unknown cost`
            : 'all costs known'
        }
      />
      <Tile name="Calls" value={total.calls.toLocaleString('en')} note={`${total.failed_calls.toLocaleString('en')} failed`} />
      <Tile
        name="Tokens"
        value={<span title={`${tokens.toLocaleString('en')} tokens`}>{shortCount(tokens)}</span>}
        note={`${shortCount(total.prompt_tokens)} in, ${shortCount(total.completion_tokens)} out`}
      />
      <Tile name="P95 latency" value={formatDuration(total.latency_p95_ms)} note={`median ${formatDuration(total.latency_p50_ms)}`} />
    </dl>
  );
}

function Tile({ name, value, note }: { readonly name: string; readonly value: ReactNode; readonly note: string }) {
  return (
    <div className="rounded-xl border border-line bg-surface px-4 py-3.5">
      <dt className="text-muted text-xs">{name}</dt>
      <dd>
        <span className="block truncate font-semibold text-2xl tabular-nums tracking-tight">{value}</span>
        <span className="block text-muted text-xs">{note}</span>
      </dd>
    </div>
  );
}
