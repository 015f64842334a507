import {
  type Capability,
  capabilities,
  capabilityNames,
  type ModelHealthWord,
  type ModelStatus,
  modelHealthWords,
  modelStatusSchema,
} from '@pipelines/contracts';
import { X } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { healthWords } from '../../../ui/health-word.tsx';
import { SearchInput } from '../../../ui/search-input.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { statusWords } from '../model-status.tsx';
import { hasFilters, type ModelListSearch, noFilters } from './model-list-search.ts';

const any = 'any';

export interface ModelFiltersProps {
  readonly search: ModelListSearch;
  readonly onChange: (change: Partial<ModelListSearch>) => void;
}

export function ModelFilters({ search, onChange }: ModelFiltersProps) {
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <SearchInput
        label="Search models"
        placeholder="Search by name, ID or provider"
        value={search.search ?? ''}
        onChange={(text) => onChange({ search: text || undefined })}
      />
      <Segmented
        label="Kind"
        value={search.kind ?? any}
        onValueChange={(kind) => onChange({ kind: kind === any ? undefined : kind })}
        options={[
          { value: any, label: 'All' },
          { value: 'platform', label: 'Platform' },
          { value: 'custom', label: 'Custom' },
        ]}
      />
      <Select<Capability | typeof any>
        label="Capability"
        className="w-auto min-w-40 max-sm:flex-1"
        value={search.capability ?? any}
        onValueChange={(capability) => onChange({ capability: capability === any ? undefined : capability })}
        options={[{ value: any, label: 'Any capability' }, ...capabilities.map((each) => ({ value: each, label: capabilityNames[each] }))]}
      />
      <Select<ModelStatus | typeof any>
        label="Status"
        className="w-auto min-w-32 max-sm:flex-1"
        value={search.status ?? any}
        onValueChange={(status) => onChange({ status: status === any ? undefined : status })}
        options={[
          { value: any, label: 'Any status' },
          ...modelStatusSchema.options.map((each) => ({ value: each, label: statusWords[each].word })),
        ]}
      />
      <Select<ModelHealthWord | typeof any>
        label="Health"
        className="w-auto min-w-32 max-sm:flex-1"
        value={search.health ?? any}
        onValueChange={(health) => onChange({ health: health === any ? undefined : health })}
        options={[{ value: any, label: 'Any health' }, ...modelHealthWords.map((each) => ({ value: each, label: healthWords[each].word }))]}
      />
      {search.credential !== undefined && (
        <Button icon={<X aria-hidden className="size-4" />} onClick={() => onChange({ credential: undefined })}>
          Of one credential
        </Button>
      )}
      {hasFilters(search) && (
        <Button variant="ghost" icon={<X aria-hidden className="size-4" />} onClick={() => onChange(noFilters)}>
          Clear
        </Button>
      )}
    </div>
  );
}
