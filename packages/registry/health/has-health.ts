import { healthRule, type ModelHealthWord } from '@pipelines/contracts';
import { type SQL, sql } from 'drizzle-orm';
import { sumJudged } from './sum-judged.ts';

const { enoughCalls, healthyRate, degradedRate } = healthRule;

/**
 * Whether the model of a slug has the word: `judgeHealth` as a condition, so that a list of thousands of models judges them
 * where their calls are counted. Its parts keep PostgreSQL from judging again for each comparison (`offset`), and from
 * looking for the models one by one (`coalesce`): the keys are hashed once, and the list is read in its order.
 */
export function hasHealth(slug: SQL, organizationId: string, word: ModelHealthWord): SQL {
  const isHour = sql`hour_calls >= ${enoughCalls}`;
  const rated = sql`
    select key, (calls - failed) / calls as rate
    from (
      select key, (case when ${isHour} then hour_calls else day_calls end)::float8 as calls,
        (case when ${isHour} then hour_failed else day_failed end)::float8 as failed
      from (${sumJudged(organizationId, sql`subject = 'model'`)}) summed offset 0
    ) counted
    where calls > 0`;
  if (word === 'no_recent_calls') return sql`${slug} not in (select key from (${rated}) rated)`;
  return sql`coalesce(${slug} in (select key from (${rated}) rated where ${rateOf[word]}), false)`;
}

const rateOf = {
  healthy: sql`rate >= ${healthyRate}`,
  degraded: sql`rate >= ${degradedRate} and rate < ${healthyRate}`,
  failing: sql`rate < ${degradedRate}`,
} as const;
