import { repeatTask, schema } from '@pipelines/database';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { type ModelWithCredential, selectModels } from '../models/model-rows.ts';
import type { RegistryContext } from '../registry-context.ts';
import { type CheckContext, checkPrices } from './check-prices.ts';

const lookEveryMs = 60_000;
const modelsAtOnce = 50;

type Context = CheckContext & Pick<RegistryContext, 'log'>;

/** Looks every minute for models whose last check, by whichever process, is too old. Returns how to stop. */
export function keepCheckingPrices(context: Context, checkEveryMs: number, everyMs: number = lookEveryMs): () => Promise<void> {
  const work = (signal: AbortSignal) => checkDuePrices(context, checkEveryMs, signal);
  return repeatTask({ task: 'check_prices', everyMs, log: context.log, work });
}

/** Checks some of the models that are due, each of them in one process. */
export async function checkDuePrices(context: Context, checkEveryMs: number, signal: AbortSignal): Promise<void> {
  const due = await claimDueModels(context, checkEveryMs);
  let proposals = 0;
  for (const group of groupByConnection(due)) {
    if (signal.aborted) return;
    const checks = await checkPrices(context, group, signal);
    proposals += checks.filter(({ outcome }) => outcome === 'differs').length;
  }
  if (due.length > 0) context.log({ event: 'prices_checked', models: due.length, proposals });
}

/** A new model is due a day after it was saved: its connection test has read the sources. */
async function claimDueModels({ database: { db } }: Context, checkEveryMs: number): Promise<readonly ModelWithCredential[]> {
  const before = new Date(Date.now() - checkEveryMs).toISOString();
  const claimed = await db.execute<{ organization_id: string; model_id: string }>(sql`
    insert into price_checks (organization_id, model_id, at, outcome)
    select m.organization_id, m.id, now(), 'silent' from models m
    left join price_checks c on c.organization_id = m.organization_id and c.model_id = m.id
    where m.active and coalesce(c.at, m.created_at) < ${before}::timestamptz
    order by coalesce(c.at, m.created_at) limit ${modelsAtOnce}
    on conflict (organization_id, model_id) do update set at = excluded.at where price_checks.at < ${before}::timestamptz
    returning organization_id, model_id`);
  const { models } = schema;
  const found: ModelWithCredential[] = [];
  for (const [organizationId, rows] of groupBy(claimed.rows, (row) => row.organization_id)) {
    const ids = rows.map((row) => row.model_id);
    found.push(...(await selectModels(db, and(eq(models.organizationId, organizationId), inArray(models.id, ids)))));
  }
  return found;
}

function groupByConnection(models: readonly ModelWithCredential[]): readonly (readonly ModelWithCredential[])[] {
  const placeOf = ({ model }: ModelWithCredential) =>
    JSON.stringify([model.organizationId, model.provider, model.authKind, model.baseUrl, model.region, model.credentialId]);
  return [...groupBy(models, placeOf).values()];
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const known = groups.get(keyOf(item));
    if (known) known.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
