import { type AttemptSource, type AttemptStatus, attemptSourceSchema, attemptStatusSchema } from '@pipelines/contracts';
import { X } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { ModelFilter } from '../model-filter.tsx';
import { type Period, periodNames, periods } from '../period.ts';
import { attemptSourceNames } from './attempt-source-names.ts';
import { attemptStatusNames } from './attempt-status.tsx';
import type { AttemptsSearch } from './attempts-search.ts';

const any = 'any';

export interface AttemptsFiltersProps {
  readonly search: AttemptsSearch;
  readonly onChange: (change: Partial<AttemptsSearch>) => void;
}

export function AttemptsFilters({ search, onChange }: AttemptsFiltersProps) {
  const isFiltered = Boolean(search.slug || search.status || search.source || search.api_key_id || search.period);
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <ModelFilter slug={search.slug} onChange={(slug) => onChange({ slug })} />
      <Select<AttemptStatus | typeof any>
        label="Status"
        className="w-auto min-w-32 max-sm:flex-1"
        value={search.status ?? any}
        onValueChange={(status) => onChange({ status: status === any ? undefined : status })}
        options={[
          { value: any, label: 'Any status' },
          ...attemptStatusSchema.options.map((value) => ({ value, label: attemptStatusNames[value] })),
        ]}
      />
      <Select<AttemptSource | typeof any>
        label="Source"
        className="w-auto min-w-32 max-sm:flex-1"
        value={search.source ?? any}
        onValueChange={(source) => onChange({ source: source === any ? undefined : source })}
        options={[
          { value: any, label: 'Any source' },
          ...attemptSourceSchema.options.map((value) => ({ value, label: attemptSourceNames[value] })),
        ]}
      />
      <Select<Period | typeof any>
        label="Period"
        className="w-auto min-w-32 max-sm:flex-1"
        value={search.period ?? any}
        onValueChange={(period) => onChange({ period: period === any ? undefined : period })}
        options={[{ value: any, label: 'Any time' }, ...periods.map((value) => ({ value, label: periodNames[value] }))]}
      />
      {search.api_key_id && (
        <Button size="small" icon={<X aria-hidden className="size-3.5" />} onClick={() => onChange({ api_key_id: undefined })}>
          One API key
        </Button>
      )}
      {isFiltered && (
        <Button
          variant="ghost"
          icon={<X aria-hidden className="size-4" />}
          onClick={() => onChange({ slug: undefined, status: undefined, source: undefined, api_key_id: undefined, period: undefined })}
        >
          Clear
        </Button>
      )}
    </div>
  );
}
