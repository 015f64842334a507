import { createDatasetBodySchema, type Dataset, datasetSchema, routes } from '@pipelines/contracts';
import { ApiProblem, callApi, fillAddress, readProblem } from '../../../api-client.ts';

/** Rows as JSON text or as a CSV. Throws `ApiProblem`. */
export async function createDataset(name: string, format: 'csv' | 'json', text: string): Promise<Dataset> {
  if (format === 'json') {
    const body = createDatasetBodySchema.parse({ name, rows: JSON.parse(text) });
    return callApi(routes.createDataset, { query: {}, body });
  }
  const response = await fetch(fillAddress(routes.createDataset.path, {}, { name }), {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'application/json', 'content-type': 'text/csv' },
    body: text,
  }).catch(() => {
    throw new ApiProblem(0, { code: 'network', title: 'The server could not be reached.', fix: 'Check the connection and try again.' });
  });
  if (!response.ok) throw await readProblem(response);
  return datasetSchema.parse(await response.json());
}

/** Why a text holds no rows of a dataset; null: it does. */
export function checkDatasetText(format: 'csv' | 'json', text: string): string | null {
  if (text.trim() === '') return 'Choose a file, or paste its text.';
  if (format === 'csv') return null;
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch {
    return 'Not JSON.';
  }
  const parsed = createDatasetBodySchema.shape.rows.safeParse(rows);
  if (parsed.success) return null;
  const [issue] = parsed.error.issues;
  const place = issue && issue.path.length > 0 ? `Row ${Number(issue.path[0]) + 1}: ` : '';
  return `${place}${issue?.message ?? 'Not a list of rows'}. Each row is {"input": {…}, "expected": {…}}.`;
}
