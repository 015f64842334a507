import { type Database, openDatabase, startEmbeddedPostgres } from '@pipelines/database';
import { recountCalls } from '@pipelines/usage';
import { type SQL, sql } from 'drizzle-orm';

export interface LogSize {
  readonly models: number;
  readonly apiKeys: number;
  readonly attempts: number;
}

/**
 * Fills the database of a stopped or running product as a busy month would have left it: some models are called all the
 * time and most hardly ever, one call in thirty fails, some costs are unknown.
 */
export async function fillLog(dataDir: string, { models, apiKeys, attempts }: LogSize): Promise<void> {
  const log = () => undefined;
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  const database = openDatabase({ url: postgres.url, log });
  try {
    await database.db.execute(fillModels(models));
    await database.db.execute(fillApiKeys(apiKeys));
    const indexes = await dropIndexes(database);
    for (let done = 0; done < attempts; done += atOnce) {
      const part = { first: done + 1, last: Math.min(attempts, done + atOnce) };
      await database.db.execute(fillAttempts(part, { models, apiKeys, attempts }));
    }
    for (const definition of indexes) await database.db.execute(sql.raw(definition));
    await recountCalls(database);
    for (const table of ['models', 'api_keys', 'attempts', 'call_sums']) await database.db.execute(sql`vacuum analyze ${sql.raw(table)}`);
  } finally {
    await database.close();
    await postgres.stop();
  }
}

/** Those of the log: made anew at its end, they cost a fraction. Returns how. */
async function dropIndexes({ db }: Pick<Database, 'db'>): Promise<readonly string[]> {
  const { rows } = await db.execute<{ name: string; definition: string }>(sql`
    select indexname as name, indexdef as definition from pg_indexes where tablename = 'attempts' and indexname like '%\\_idx'`);
  for (const { name } of rows) await db.execute(sql`drop index ${sql.identifier(name)}`);
  return rows.map(({ definition }) => definition);
}

/** The ID of a key by its number. */
const keyId = (number: SQL) => sql`overlay(overlay(md5('key ' || (${number})) placing '4' from 13) placing '8' from 17)::uuid`;

/** A statement may not take longer than the product's own. */
const atOnce = 50_000;

const providers = sql`(array['openai-compatible', 'fireworks', 'together', 'openai', 'anthropic', 'google'])`;

/** Copies of the one model that is there, each with a name, switches and a last test of its own. */
const fillModels = (count: number) => sql`
  insert into models select copy.* from models model, generate_series(1, ${count}::int) number,
    jsonb_populate_record(model, jsonb_build_object(
      'id', gen_random_uuid(), 'slug', 'model-' || number, 'display_name', 'Model ' || md5(number::text), 'provider_model_id', 'acme/llama-' || number,
      'json_mode', number % 2 = 0, 'vision', number % 3 = 0, 'tool_use', number % 5 = 0, 'active', number % 20 <> 19,
      'provider', ${providers}[1 + number % 6], 'last_test_passed', number % 4 <> 1,
      'untested_since', case when number % 7 = 0 then now() end)) copy`;

const fillApiKeys = (count: number) => sql`
  insert into api_keys select copy.* from api_keys key, generate_series(1, ${count}::int) number,
    jsonb_populate_record(key, jsonb_build_object('id', ${keyId(sql`number`)}, 'name', 'Key ' || number,
      'key_hash', '\\x' || encode(sha256(number::text::bytea), 'hex'))) copy`;

const fillAttempts = (part: { readonly first: number; readonly last: number }, { models, apiKeys, attempts }: LogSize) => sql`
  insert into attempts (organization_id, id, request_id, started_at, source, slug, kind, provider, provider_model_id, credential_id, api_key_id,
    stream, status, http_status, cause, prompt_tokens, completion_tokens, cost, latency_ms, first_byte_ms)
  select organization.id, gen_random_uuid(), 'req_' || n, now() - n * (interval '30 days' / ${attempts}::int),
    case when chance < 0.9 then 'gateway' when chance < 0.98 then 'workflow' when chance < 0.999 then 'playground' else 'probe' end,
    'model-' || model, 'custom', ${providers}[1 + model % 6], 'acme/llama-' || model, one.credential_id,
    case when chance < 0.9 then ${keyId(sql`1 + floor(power(random(), 3) * ${apiKeys}::int)::int`)} end,
    n % 3 = 0, status, case when status = 'succeeded' then 200 when status = 'failed' then 503 end,
    case when status = 'failed' then 'upstream_unavailable' end,
    case when status = 'succeeded' then 50 + n % 2000 end, case when status = 'succeeded' then 10 + n % 700 end,
    case when status = 'succeeded' and model % 40 <> 7 then 0.0001 * (1 + n % 500) end,
    case when status <> 'unknown' then (200 * exp(2 * random()))::int end, case when status = 'succeeded' then (60 * exp(random()))::int end
  from (select id from organizations limit 1) organization, (select credential_id from models limit 1) one,
    lateral (select n, luck, chance, 1 + floor(power(random(), 4) * ${models}::int)::int as model,
        case when luck < 0.0001 then 'unknown' when luck < 0.001 then 'incomplete' when luck < 0.012 then 'canceled'
          when luck < 0.033 then 'failed' else 'succeeded' end as status
      from (select n, random() as luck, random() as chance from generate_series(${part.first}::int, ${part.last}::int) n offset 0) drawn offset 0) call`;
