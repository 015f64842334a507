import type { Attempt } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { formatDuration } from '../../ui/format-duration.ts';
import { Money } from '../../ui/money.tsx';
import type { MoreRows } from '../../ui/more-rows.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { RowGap } from '../../ui/row-gap.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../ui/table.tsx';
import { useEndlessRows } from '../../ui/use-endless-rows.ts';
import { attemptSourceNames } from './attempt-source-names.ts';
import { AttemptStatus } from './attempt-status.tsx';

export interface AttemptsTableProps extends MoreRows {
  readonly attempts: readonly Attempt[];
}

const columns = 7;

export function AttemptsTable({ attempts, ...more }: AttemptsTableProps) {
  const rows = useEndlessRows({ count: attempts.length, rowHeightPx: 45, ...more });
  return (
    <Table label="Log" rowCount={more.hasMore ? -1 : attempts.length + 1} outdated={more.outdated}>
      <TableHead card>
        <Th>Time</Th>
        <Th>Status</Th>
        <Th lead>Model</Th>
        <Th className="@max-4xl:hidden">Caller</Th>
        <Th className="text-right @max-2xl:hidden">Tokens in / out</Th>
        <Th className="text-right">Cost</Th>
        <Th className="text-right">Latency</Th>
      </TableHead>
      <tbody ref={rows.bodyRef}>
        <RowGap heightPx={rows.beforePx} columns={columns} />
        {rows.indexes.map((index) => {
          const attempt = attempts[index];
          return attempt && <AttemptRow key={attempt.id} attempt={attempt} index={index} />;
        })}
        <RowGap heightPx={rows.afterPx} columns={columns} />
      </tbody>
    </Table>
  );
}

function AttemptRow({ attempt, index }: { readonly attempt: Attempt; readonly index: number }) {
  return (
    <Tr card aria-rowindex={index + 2} className="relative h-[45px] hover:bg-panel @max-xl:h-[65px]">
      <Td className="text-muted @max-xl:order-1">
        <RelativeTime at={attempt.started_at} />
      </Td>
      <Td className="@max-xl:w-0 @max-xl:flex-1 @max-xl:overflow-hidden">
        <AttemptStatus status={attempt.status} cause={attempt.cause} />
      </Td>
      <Td place="lead" className="w-full min-w-32 max-w-0">
        <Link
          from="/log"
          search={(before) => ({ ...before, attempt: attempt.id })}
          replace
          aria-label={`Details of the call to ${attempt.slug ?? attempt.provider_model_id}`}
          className="block truncate font-mono text-[13px] after:absolute after:inset-0"
        >
          {attempt.slug ?? attempt.provider_model_id}
        </Link>
      </Td>
      <Td className="max-w-48 truncate @max-5xl:max-w-32 @max-4xl:hidden">{callerName(attempt)}</Td>
      <Td className="whitespace-nowrap text-right tabular-nums @max-2xl:hidden">
        {tokens(attempt.prompt_tokens)}
        <span className="text-muted"> / </span>
        {tokens(attempt.completion_tokens)}
      </Td>
      <Td place="beside" className="text-right">
        {attempt.cost === null && attempt.status === 'failed' ? <span className="text-muted">—</span> : <Money amount={attempt.cost} />}
      </Td>
      <Td className="whitespace-nowrap text-right tabular-nums">{formatDuration(attempt.latency_ms)}</Td>
    </Tr>
  );
}

function tokens(count: number | null): string {
  return count === null ? '—' : count.toLocaleString('en');
}

/** Who made the call: an API key, a person, or the product itself. */
export function callerName({ api_key, member, source }: Pick<Attempt, 'api_key' | 'member' | 'source'>): string {
  return api_key?.name ?? member?.name ?? attemptSourceNames[source];
}
