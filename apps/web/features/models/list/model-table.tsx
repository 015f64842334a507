import type { Model } from '@pipelines/contracts';
import type { MoreRows } from '../../../ui/more-rows.ts';
import { RowGap } from '../../../ui/row-gap.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../../ui/table.tsx';
import { useEndlessRows } from '../../../ui/use-endless-rows.ts';
import { columnClasses, ModelRow, modelRowHeightPx } from './model-row.tsx';
import { useTestingSlugs } from './use-test-model.ts';

export interface ModelTableProps extends MoreRows {
  readonly models: readonly Model[];
  readonly onEdit: (model: Model) => void;
  readonly onDelete: (model: Model) => void;
}

const columns = 7;

export function ModelTable({ models, onEdit, onDelete, ...more }: ModelTableProps) {
  const testing = useTestingSlugs();
  const rows = useEndlessRows({ count: models.length, rowHeightPx: modelRowHeightPx, ...more });
  return (
    <Table label="Models" rowCount={more.hasMore ? -1 : models.length + 1} outdated={more.outdated}>
      <Head />
      <tbody ref={rows.bodyRef}>
        <RowGap heightPx={rows.beforePx} columns={columns} />
        {rows.indexes.map((index) => {
          const model = models[index];
          return (
            model && (
              <ModelRow
                key={model.slug}
                model={model}
                index={index}
                isTesting={testing.includes(model.slug)}
                onEdit={onEdit}
                onDelete={onDelete}
              />
            )
          );
        })}
        <RowGap heightPx={rows.afterPx} columns={columns} />
      </tbody>
    </Table>
  );
}

/** The shape of the table while the first page is on its way. */
export function ModelTableSkeleton() {
  return (
    <div aria-busy="true">
      <Table label="Models, loading">
        <Head />
        <tbody>
          {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
            <Tr key={row} className="h-[61px]">
              <Td>
                <Skeleton className="w-40" />
                <Skeleton className="mt-1.5 h-3 w-56" />
              </Td>
              <Td colSpan={columns - 1}>
                <Skeleton className="w-full" />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Head() {
  return (
    <TableHead>
      <Th>Model</Th>
      <Th className={columnClasses.provider}>Provider</Th>
      <Th className={columnClasses.capabilities}>Capabilities</Th>
      <Th className={columnClasses.context}>Context</Th>
      <Th className={columnClasses.prices}>Input / output per 1M</Th>
      <Th className="@max-xl:hidden">Status and health</Th>
      <Th className="@max-xl:hidden">
        <span className="sr-only">Actions</span>
      </Th>
    </TableHead>
  );
}
