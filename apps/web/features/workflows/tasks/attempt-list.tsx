import type { StepRun } from '@pipelines/contracts';
import { formatDuration } from '../../../ui/format-duration.ts';
import { Money } from '../../../ui/money.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../../ui/table.tsx';

/** Each call to a provider for one run of a step. */
export function AttemptList({ attempts }: { readonly attempts: StepRun['attempts'] }) {
  return (
    <Table label="Calls">
      <TableHead card>
        <Th lead>Model</Th>
        <Th>Status</Th>
        <Th>Tokens in / out</Th>
        <Th>Latency</Th>
        <Th>Cost</Th>
      </TableHead>
      <tbody>
        {attempts.map((attempt) => (
          <Tr card key={attempt.attempt_id} className="text-[13px]">
            <Td place="lead" className="break-words font-mono text-xs">
              {attempt.slug}
            </Td>
            <Td>{attempt.status.replaceAll('_', ' ')}</Td>
            <Td label="Tokens" className="tabular-nums">
              {attempt.prompt_tokens?.toLocaleString('en') ?? '—'} / {attempt.completion_tokens?.toLocaleString('en') ?? '—'}
            </Td>
            <Td className="tabular-nums">{formatDuration(attempt.latency_ms)}</Td>
            <Td place="beside">
              <Money amount={attempt.cost} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
