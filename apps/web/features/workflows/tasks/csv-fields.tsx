import type { InputField } from '@pipelines/contracts';
import { Field } from '../../../ui/field.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../../ui/table.tsx';
import { FileInput } from '../file-input.tsx';
import { type CsvPreview, previewCsv } from './preview-csv.ts';

export interface CsvRows {
  readonly text: string;
  readonly fileName: string;
  readonly preview: CsvPreview;
}

export interface CsvFieldsProps {
  readonly fields: readonly InputField[];
  readonly csv: CsvRows | null;
  readonly isTried: boolean;
  readonly onChange: (csv: CsvRows) => void;
}

/** A CSV with a header line, looked at before it is sent. */
export function CsvFields({ fields, csv, isTried, onChange }: CsvFieldsProps) {
  const preview = csv?.preview;
  return (
    <div className="space-y-3">
      <Field
        label="CSV file"
        required
        error={preview ? preview.error : isTried ? 'Choose a file.' : null}
        help={`Its header names the input fields: ${fields.map((field) => field.name).join(', ') || 'none'}.`}
      >
        <FileInput accept=".csv,text/csv" onText={(text, fileName) => onChange({ text, fileName, preview: previewCsv(text, fields) })} />
      </Field>
      {preview && preview.rows.length > 0 && (
        <>
          <p role="status" className="text-[13px]">
            {preview.rowCount.toLocaleString('en')} {preview.rowCount === 1 ? 'row' : 'rows'}
            {preview.rowCount > preview.rows.length && `, the first ${preview.rows.length} here`}
          </p>
          <Table label="First rows">
            <TableHead>
              {preview.headers.map((header) => (
                <Th key={header}>{header}</Th>
              ))}
            </TableHead>
            <tbody>
              {preview.rows.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file are known by their place
                <Tr key={index}>
                  {preview.headers.map((header, column) => (
                    <Td key={header} className="max-w-56 truncate text-[13px]">
                      {row[column] ?? ''}
                    </Td>
                  ))}
                </Tr>
              ))}
            </tbody>
          </Table>
        </>
      )}
    </div>
  );
}
