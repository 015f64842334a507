import { openDatabase, startEmbeddedPostgres } from '@pipelines/database';
import { sql } from 'drizzle-orm';

/** Copies the models and the API keys of a running product's database `rows` times, with slugs and hashes of their own. */
export async function growRegistry(dataDir: string, rows: number): Promise<void> {
  const log = () => undefined;
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  const database = openDatabase({ url: postgres.url, log });
  try {
    await database.db.execute(sql`
      insert into models select copy.* from models model, generate_series(1, ${rows}::int) number,
        jsonb_populate_record(model, jsonb_build_object('id', gen_random_uuid(), 'slug', model.slug || '-' || number)) copy`);
    await database.db.execute(sql`
      insert into api_keys select copy.* from api_keys key, generate_series(1, ${rows}::int) number,
        jsonb_populate_record(key, jsonb_build_object('id', gen_random_uuid(), 'key_hash', '\\x' || encode(sha256(number::text::bytea), 'hex'))) copy`);
  } finally {
    await database.close();
    await postgres.stop();
  }
}
