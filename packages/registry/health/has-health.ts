import { healthRule, type ModelHealthWord } from '@pipelines/contracts';
import { type SQL, sql } from 'drizzle-orm';
import { sumJudged } from './sum-judged.ts';

const { enoughCalls, healthyRate, degradedRate } = healthRule;

/**
 * Whether the model of a slug has the word: `judgeHealth` as a condition, so that a list of thousands of models judges them
 * where their calls are counted.
 */
export function hasHealth(slug: SQL, organizationId: string, word: ModelHealthWord): SQL {
  const calls = sql`case when hour_calls >= ${enoughCalls} then hour_calls else day_calls end`;
  const failed = sql`case when hour_calls >= ${enoughCalls} then hour_failed else day_failed end`;
  const judged = sql`
    select key, case when rate >= ${healthyRate} then 'healthy' when rate >= ${degradedRate} then 'degraded' else 'failing' end as word
    from (
      select key, (calls - failed)::float8 / calls::float8 as rate
      from (select key, ${calls} as calls, ${failed} as failed from (${sumJudged(organizationId, sql`subject = 'model'`)}) summed) counted
      where calls > 0
    ) rated`;
  if (word === 'no_recent_calls') return sql`${slug} not in (select key from (${judged}) judged)`;
  return sql`${slug} in (select key from (${judged}) judged where word = ${word})`;
}
