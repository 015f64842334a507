import type { CatalogueChange } from '@pipelines/contracts';
import { History } from 'lucide-react';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { isAwaited } from '../../ui/more-rows.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../ui/table.tsx';
import { describeChange } from './describe-change.ts';
import { useCatalogueChanges } from './use-catalogue.ts';

const kinds = {
  added: { word: 'New', tone: 'ok' },
  changed: { word: 'Changed', tone: 'neutral' },
  delisted: { word: 'No longer listed', tone: 'warn' },
  relisted: { word: 'Listed again', tone: 'ok' },
  pinned: { word: 'Offered', tone: 'accent' },
  unpinned: { word: 'Offered no more', tone: 'warn' },
} as const;

export interface CatalogueChangesProps {
  readonly of: 'offered' | 'all';
  readonly onChange: (of: 'offered' | 'all') => void;
}

/** What was news, newest first. */
export function CatalogueChanges({ of, onChange }: CatalogueChangesProps) {
  const changes = useCatalogueChanges(of);
  const rows = changes.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      <div className="mb-4">
        <Segmented
          label="Changes of"
          value={of}
          onValueChange={onChange}
          options={[
            { value: 'offered', label: 'Models offered here' },
            { value: 'all', label: 'All models' },
          ]}
        />
      </div>
      {changes.error && <ProblemAlert error={changes.error} onRetry={() => changes.refetch()} />}
      {isAwaited(changes, rows) && <Skeleton className="h-40 w-full" />}
      {changes.isSuccess && !isAwaited(changes, rows) && rows.length === 0 && (
        <EmptyState icon={<History />} title="Nothing has changed yet.">
          What the source changes stands here: new models, prices, limits, and models that retire. Read the source to look for news.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <Table label="Changes of the catalogue" outdated={changes.isPlaceholderData}>
          <TableHead card>
            <Th>Time</Th>
            <Th lead>Model</Th>
            <Th>What</Th>
            <Th>Details</Th>
          </TableHead>
          <tbody>
            {rows.map((change) => (
              <ChangeRow key={change.id} change={change} />
            ))}
          </tbody>
        </Table>
      )}
      {changes.hasNextPage && (
        <Button className="mt-3" pending={changes.isFetchingNextPage} onClick={() => changes.fetchNextPage()}>
          Show earlier changes
        </Button>
      )}
    </>
  );
}

function ChangeRow({ change }: { readonly change: CatalogueChange }) {
  const kind = kinds[change.kind];
  return (
    <Tr card>
      <Td place="beside" className="text-muted">
        <RelativeTime at={change.at} />
      </Td>
      <Td place="lead" className="break-words">
        <div className="font-medium">{change.display_name}</div>
        <code className="font-mono text-muted text-xs">{change.slug}</code>
      </Td>
      <Td>
        <Badge tone={kind.tone}>{kind.word}</Badge>
      </Td>
      <Td place="line" className="break-words text-[13px]">
        {change.fields.map((field) => (
          <div key={field.field}>{describeChange(field)}</div>
        ))}
      </Td>
    </Tr>
  );
}
