import { appendFile } from 'node:fs/promises';
import path from 'node:path';

/** Keeps rows that the database can never take, one JSON object a line, so that they stop nobody else's and are not lost. */
export async function setAsideRows(journalDir: string, rows: readonly string[]): Promise<void> {
  if (rows.length === 0) return;
  await appendFile(path.join(journalDir, 'rejected.jsonl'), `${rows.join('\n')}\n`, { mode: 0o600 });
}
