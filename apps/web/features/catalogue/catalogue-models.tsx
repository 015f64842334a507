import type { CatalogueModel } from '@pipelines/contracts';
import { Search } from 'lucide-react';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CapabilityIcons } from '../../ui/capability-icons.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { HealthWord } from '../../ui/health-word.tsx';
import { PricePair } from '../../ui/money.tsx';
import { isAwaited } from '../../ui/more-rows.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SearchInput } from '../../ui/search-input.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Status } from '../../ui/status.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../ui/table.tsx';
import { contextSize } from '../../ui/token-count.ts';
import { useCatalogueModels } from './use-catalogue.ts';

export interface CatalogueModelsProps {
  readonly search: string;
  readonly onSearch: (text: string) => void;
}

/** Everything that the source has. What is offered of it, the operator says. */
export function CatalogueModels({ search, onSearch }: CatalogueModelsProps) {
  const models = useCatalogueModels(search);
  const rows = models.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      <p className="mb-4 max-w-3xl text-muted">
        The operator of this server says which of them are offered: <code className="font-mono text-xs">pipelines catalogue pin MODEL</code>{' '}
        and <code className="font-mono text-xs">unpin</code>.
      </p>
      <div className="mb-4">
        <SearchInput label="Search the catalogue" placeholder="Search by name or ID" value={search} onChange={onSearch} />
      </div>
      {models.error && <ProblemAlert error={models.error} onRetry={() => models.refetch()} />}
      {isAwaited(models, rows) && <Skeleton className="h-64 w-full" />}
      {models.isSuccess && !isAwaited(models, rows) && rows.length === 0 && (
        <EmptyState icon={<Search />} title="The source has no such model." />
      )}
      {rows.length > 0 && (
        <Table label="Models of the source" outdated={models.isPlaceholderData}>
          <TableHead card>
            <Th lead>Model</Th>
            <Th className="@max-2xl:hidden">Capabilities</Th>
            <Th className="@max-3xl:hidden">Context</Th>
            <Th>In / out per 1M</Th>
            <Th>Here</Th>
            <Th className="@max-4xl:hidden">Health</Th>
          </TableHead>
          <tbody>
            {rows.map((model) => (
              <ModelRow key={model.slug} model={model} />
            ))}
          </tbody>
        </Table>
      )}
      {models.hasNextPage && (
        <Button className="mt-3" pending={models.isFetchingNextPage} onClick={() => models.fetchNextPage()}>
          Show more models
        </Button>
      )}
    </>
  );
}

function ModelRow({ model }: { readonly model: CatalogueModel }) {
  return (
    <Tr card>
      <Td place="lead">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{model.display_name}</span>
          {!model.listed && <Badge tone="warn">No longer listed</Badge>}
          {model.retires_on && <Badge tone="warn">Retires {model.retires_on}</Badge>}
        </div>
        <code className="break-words font-mono text-muted text-xs">{model.slug}</code>
      </Td>
      <Td className="@max-2xl:hidden">
        <CapabilityIcons capabilities={model.capabilities} />
      </Td>
      <Td className="tabular-nums @max-3xl:hidden">
        {model.context_tokens === null ? <span className="text-muted">unknown</span> : contextSize(model.context_tokens)}
      </Td>
      <Td place="beside">
        <PricePair input={model.input_cost_per_token} output={model.output_cost_per_token} />
      </Td>
      <Td>
        <Status tone={model.offered ? 'ok' : 'off'}>{model.offered ? 'Offered' : 'Not offered'}</Status>
      </Td>
      <Td className="@max-4xl:hidden">{model.offered && <HealthWord health={model.health} />}</Td>
    </Tr>
  );
}
