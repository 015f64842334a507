import { type SQL, sql } from 'drizzle-orm';
import { addedColumns, countCalls, everySum, sumColumns } from './count-calls.ts';

const additions = sql.raw(addedColumns.map((name) => `${name} = call_sums.${name} + excluded.${name}`).join(', '));

/**
 * A statement that adds calls to the sums that they belong to, in one order everywhere, so that two writers never wait for
 * each other.
 */
export function addToSums(calls: SQL): SQL {
  return sql`
    insert into call_sums (${sumColumns})
    select ${sumColumns} from (${countCalls(calls, everySum)}) sums
    order by organization_id, grain, subject, key, starts_at, part
    on conflict (organization_id, grain, subject, key, starts_at, part) do update set ${additions},
      latencies = ${merged('latencies')}, first_bytes = ${merged('first_bytes')}`;
}

function merged(column: 'latencies' | 'first_bytes'): SQL {
  const [before, added] = [sql.raw(`call_sums.${column}`), sql.raw(`excluded.${column}`)];
  return sql`case when ${added} = '{}'::jsonb then ${before} else (
    select jsonb_object_agg(bucket, n) from (
      select bucket, sum(count::bigint) as n
      from (select * from jsonb_each_text(${before}) union all select * from jsonb_each_text(${added})) each (bucket, count)
      group by bucket) both_counted) end`;
}
