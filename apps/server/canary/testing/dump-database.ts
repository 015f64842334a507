import { openDatabase } from '@pipelines/database';
import type { Place } from './find-leaks.ts';

/** Every row of every table as text, with what is in its bytes decoded; and what the server remembers of statements. */
export async function dumpDatabase(url: string): Promise<Place[]> {
  const database = openDatabase({ url, poolSize: 1, log: () => undefined });
  try {
    const { rows: tables } = await database.pool.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const sources = [...tables.map(({ name }) => ({ name, from: name })), { name: 'running statements', from: 'pg_stat_activity' }];
    const places: Place[] = [];
    for (const { name, from } of sources) {
      const { rows } = await database.pool.query<{ row: string }>(`select t::text as row from ${from} t`);
      const text = rows.map(({ row }) => row).join('\n');
      places.push({ name: `table ${name}`, bytes: Buffer.concat([Buffer.from(`${text}\n`), ...decodeBytes(text)]) });
    }
    return places;
  } finally {
    await database.close();
  }
}

/** `bytea` prints as `\x…`. */
function decodeBytes(text: string): Buffer[] {
  return [...text.matchAll(/\\x([0-9a-f]+)/g)].map(([, hex = '']) => Buffer.from(hex, 'hex'));
}
