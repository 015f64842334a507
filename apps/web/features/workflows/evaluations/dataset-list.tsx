import { type Dataset, routes } from '@pipelines/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Eye, Table2, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { callApi } from '../../../api-client.ts';
import { useMay } from '../../../session-query.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../../ui/table.tsx';
import { useWhileShown } from '../../../use-while-shown.ts';
import { DatasetRowsDrawer } from './dataset-rows-drawer.tsx';
import { datasetsQuery } from './evaluation-queries.ts';
import { SampleDatasetButton } from './sample-dataset-button.tsx';

export function DatasetList({ createButton }: { readonly createButton: ReactNode }) {
  const datasets = useQuery(datasetsQuery);
  const [shown, setShown] = useState<Dataset | null>(null);
  const [doomed, setDoomed] = useState<Dataset | null>(null);
  return (
    <>
      <ProblemAlert error={datasets.error} onRetry={() => datasets.refetch()} />
      {datasets.isPending && <Skeleton className="h-48 w-full" />}
      {datasets.data?.length === 0 && (
        <EmptyState
          icon={<Table2 />}
          title="There is no dataset yet."
          action={
            <>
              {createButton}
              <SampleDatasetButton />
            </>
          }
        >
          Rows with what is expected of each: from a CSV, from JSON, or from a batch that has run.
        </EmptyState>
      )}
      {datasets.data && datasets.data.length > 0 && (
        <Table label="Datasets">
          <TableHead card>
            <Th lead>Dataset</Th>
            <Th>Rows</Th>
            <Th>Inputs</Th>
            <Th>Expected</Th>
            <Th>Made</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </TableHead>
          <tbody>
            {datasets.data.map((dataset) => (
              <DatasetRow key={dataset.id} dataset={dataset} onShow={() => setShown(dataset)} onDelete={() => setDoomed(dataset)} />
            ))}
          </tbody>
        </Table>
      )}
      {shown && <DatasetRowsDrawer dataset={shown} onClose={() => setShown(null)} />}
      {doomed && <DeleteDatasetDialog dataset={doomed} onClose={() => setDoomed(null)} />}
    </>
  );
}

interface DatasetRowProps {
  readonly dataset: Dataset;
  readonly onShow: () => void;
  readonly onDelete: () => void;
}

function DatasetRow({ dataset, onShow, onDelete }: DatasetRowProps) {
  const role = useMay('workflows:write') ? null : 'Your role does not change datasets.';
  const { evaluations } = dataset;
  const used = evaluations > 0 ? `${evaluations === 1 ? 'An evaluation uses' : `${evaluations} evaluations use`} it.` : null;
  return (
    <Tr card>
      <Td place="lead" className="font-medium">
        {dataset.name}
      </Td>
      <Td label="Rows" className="text-[13px] tabular-nums">
        {dataset.rows.toLocaleString('en')}
      </Td>
      <Td label="Inputs" className="max-w-56 truncate font-mono text-xs">
        {dataset.inputs.join(', ')}
      </Td>
      <Td label="Expected" className="max-w-56 truncate font-mono text-xs">
        {dataset.expected.join(', ') || '—'}
      </Td>
      <Td className="text-[13px] text-muted">
        <RelativeTime at={dataset.created_at} />
      </Td>
      <Td place="beside">
        <span className="flex justify-end gap-1">
          <Button
            size="icon"
            variant="ghost"
            aria-label={`Rows of ${dataset.name}`}
            icon={<Eye aria-hidden className="size-4" />}
            onClick={onShow}
          />
          <Button
            size="icon"
            variant="ghost"
            aria-label={`Delete ${dataset.name}`}
            icon={<Trash2 aria-hidden className="size-4" />}
            unavailable={role ?? used}
            onClick={onDelete}
          />
        </span>
      </Td>
    </Tr>
  );
}

function DeleteDatasetDialog({ dataset, onClose }: { readonly dataset: Dataset; readonly onClose: () => void }) {
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const remove = useMutation({
    mutationFn: () => callApi(routes.deleteDataset, { params: { id: dataset.id } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: datasetsQuery.queryKey });
      whileShown(onClose);
    },
  });
  return (
    <ConfirmDialog
      open
      danger
      title={`Delete ${dataset.name}?`}
      action="Delete"
      pending={remove.isPending}
      error={remove.error?.message}
      onConfirm={() => remove.mutate()}
      onCancel={onClose}
    >
      Its {dataset.rows.toLocaleString('en')} rows are gone for good.
    </ConfirmDialog>
  );
}
