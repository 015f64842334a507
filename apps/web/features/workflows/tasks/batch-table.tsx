import type { Batch } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { Money } from '../../../ui/money.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../../ui/table.tsx';
import { BatchProgress } from './batch-progress.tsx';
import { BatchStateWord } from './task-state.tsx';

/** Rows that were run together. */
export function BatchTable({ batches }: { readonly batches: readonly Batch[] }) {
  return (
    <section aria-label="Batches" className="mb-8">
      <h2 className="mb-3 font-medium">Batches</h2>
      <Table label="Batches" rowCount={batches.length + 1}>
        <TableHead card>
          <Th lead>Batch</Th>
          <Th>State</Th>
          <Th>Progress</Th>
          <Th>Cost</Th>
          <Th>Created</Th>
        </TableHead>
        <tbody>
          {batches.map((batch) => (
            <Tr card key={batch.id}>
              <Td place="lead" className="max-w-64">
                <Link to="/batches/$id" params={{ id: batch.id }} className="block truncate font-medium text-[13px] hover:underline">
                  {batch.name || `${batch.total.toLocaleString('en')} ${batch.total === 1 ? 'row' : 'rows'}`}
                </Link>
              </Td>
              <Td place="beside">
                <BatchStateWord state={batch.state} />
              </Td>
              <Td place="line" className="min-w-40">
                <BatchProgress batch={batch} />
              </Td>
              <Td className="text-[13px]">
                <Money amount={batch.cost} />
              </Td>
              <Td className="text-[13px] text-muted @max-xl:ml-auto">
                <RelativeTime at={batch.created_at} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
