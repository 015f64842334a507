import type { InputField, ScheduleDetail } from '@pipelines/contracts';
import { Segmented } from '../../../ui/segmented.tsx';
import { CsvFields, type CsvRows } from '../tasks/csv-fields.tsx';
import { InputForm } from '../tasks/input-form.tsx';
import { JsonFields } from '../tasks/json-fields.tsx';
import { type FormTexts, type NewTask, readForm, readTasks } from '../tasks/read-tasks.ts';

type Way = 'form' | 'json' | 'csv';

/** What the form holds of the rows; only the way that is open counts. */
export interface ScheduleRows {
  readonly way: Way;
  readonly texts: FormTexts;
  readonly json: string;
  readonly csv: CsvRows | null;
}

/** The rows that a schedule has are shown as JSON. */
export function firstRows(schedule: ScheduleDetail | null): ScheduleRows {
  const rows = { texts: {}, csv: null };
  if (schedule === null) return { ...rows, way: 'form', json: '' };
  return { ...rows, way: 'json', json: JSON.stringify(schedule.tasks, null, 2) };
}

/** As the API takes them; null while they are not right. */
export function readRows(rows: ScheduleRows, fields: readonly InputField[]): { tasks: NewTask[] } | { csv: string } | null {
  if (rows.way === 'csv') return rows.csv && !rows.csv.preview.error ? { csv: rows.csv.text } : null;
  if (rows.way === 'json') {
    const { tasks } = readTasks(rows.json);
    return tasks && { tasks: [...tasks] };
  }
  const { input, errors } = readForm(fields, rows.texts);
  return Object.keys(errors).length === 0 ? { tasks: [{ input }] } : null;
}

export interface RowsFieldsProps {
  readonly fields: readonly InputField[];
  readonly rows: ScheduleRows;
  readonly isTried: boolean;
  readonly onChange: (rows: ScheduleRows) => void;
}

/** What each run of a schedule runs on. */
export function RowsFields({ fields, rows, isTried, onChange }: RowsFieldsProps) {
  const pasted = readTasks(rows.json);
  const { errors } = readForm(fields, rows.texts);
  return (
    <div className="space-y-4">
      <Segmented<Way>
        label="Rows from"
        value={rows.way}
        onValueChange={(way) => onChange({ ...rows, way })}
        options={[
          { value: 'form', label: 'One row' },
          { value: 'json', label: 'JSON' },
          { value: 'csv', label: 'CSV' },
        ]}
      />
      {rows.way === 'form' && (
        <InputForm fields={fields} texts={rows.texts} errors={isTried ? errors : {}} onChange={(texts) => onChange({ ...rows, texts })} />
      )}
      {rows.way === 'json' && (
        <JsonFields
          fields={fields}
          text={rows.json}
          count={pasted.tasks?.length ?? null}
          error={isTried ? pasted.error : null}
          onChange={(json) => onChange({ ...rows, json })}
        />
      )}
      {rows.way === 'csv' && <CsvFields fields={fields} csv={rows.csv} isTried={isTried} onChange={(csv) => onChange({ ...rows, csv })} />}
    </div>
  );
}
