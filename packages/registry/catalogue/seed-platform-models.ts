import type { Capabilities, ReasoningParameter, UnitPriceTier } from '@pipelines/contracts';
import { announceChange, type Database, schema, type Transaction } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { recordPlatformPrices } from '../price-book/record-prices.ts';
import { lockCatalogue } from './catalogue-rows.ts';
import { readSnapshot } from './catalogue-snapshot.ts';
import catalogue from './platform-models.json' with { type: 'json' };
import { followSource, unpinnedPosition } from './write-sync.ts';

interface CatalogueModel {
  /** The model ID at OpenRouter, which is the slug. */
  readonly slug: string;
  readonly display_name: string;
  readonly is_default?: boolean;
  readonly context_tokens: number;
  readonly max_tokens: number;
  readonly capabilities: Capabilities;
  readonly reasoning_parameter: ReasoningParameter | null;
  readonly reasoning_efforts?: readonly string[];
  readonly input_cost_per_token: string;
  readonly output_cost_per_token: string;
  readonly cache_read_cost_per_token: string | null;
  readonly cache_write_cost_per_token: string | null;
  readonly price_tiers?: readonly UnitPriceTier[];
}

type NewRow = typeof schema.platformModels.$inferInsert;
const { platformModels } = schema;

/** When the data of this release was taken. What its source has said since is newer, and stays. */
const releasedAt = new Date(`${catalogue.dated}-01T00:00:00Z`);

/**
 * Writes the catalogue of this release into the database: its models, pinned, and beside them what else the
 * source is known to have. Whether a model is offered stays as the operator has left it.
 */
export async function seedPlatformModels({ db }: Pick<Database, 'db'>): Promise<void> {
  const rows = (catalogue.models as readonly CatalogueModel[]).map(toRow);
  const own = new Set(rows.map(({ slug }) => slug));
  const others = readSnapshot()
    .filter(({ slug }) => !own.has(slug))
    .map((model): NewRow => ({ ...model, ...ofRelease, pinned: false, isDefault: false, position: unpinnedPosition }));
  await db.transaction(async (tx) => {
    await lockCatalogue(tx);
    const placed = await tx
      .insert(platformModels)
      .values(rows)
      .onConflictDoUpdate({
        target: platformModels.slug,
        set: { ...ours, updatedAt: sql`now()` },
        setWhere: sql`(platform_models.display_name, platform_models.position, platform_models.is_default, platform_models.pinned)
          is distinct from (excluded.display_name, excluded.position, excluded.is_default, excluded.pinned)`,
      })
      .returning({ slug: platformModels.slug });
    const written = await followRelease(tx, [...rows, ...others]);
    await recordPlatformPrices(tx);
    if (placed.length + written > 0) await announceChange(tx, { topic: 'models', organizationId: null });
  });
}

/**
 * Writes what the release knows better, and tells how many rows that were. All in one parameter: to put together a
 * statement with ten thousand of them took a tenth of a start.
 */
async function followRelease(tx: Transaction, rows: readonly NewRow[]): Promise<number> {
  const columns = Object.keys(rows[0] ?? {}) as (keyof NewRow)[];
  const nameOf = (column: string) => sql.identifier(platformModels[column as keyof NewRow].name);
  const named = rows.map((row) => Object.fromEntries(columns.map((column) => [platformModels[column].name, row[column]])));
  const list = sql.join(columns.map(nameOf), sql`, `);
  const followed = sql.join(
    Object.entries(followSource).map(([column, value]) => sql`${nameOf(column)} = ${value}`),
    sql`, `,
  );
  const { rowCount } = await tx.execute(sql`
    insert into ${platformModels} (${list})
    select ${list} from json_populate_recordset(null::platform_models, ${JSON.stringify(named)}::json)
    on conflict (slug) do update set ${followed}, updated_at = now()
    where platform_models.source_at <= excluded.source_at and ${differs}`);
  return rowCount ?? 0;
}

/** What is ours, or only tells of the row itself, does not count as a difference. */
const notFacts = ['active', 'pinned', 'position', 'is_default', 'display_name', 'created_at', 'updated_at'];
const keys = sql.raw(`'{${notFacts.join(',')}}'::text[]`);
const differs = sql`to_jsonb(platform_models) - ${keys} is distinct from to_jsonb(excluded) - ${keys}`;

const ours = Object.fromEntries(
  (['displayName', 'position', 'isDefault', 'pinned'] as const).map((column) => [
    column,
    sql.raw(`excluded.${platformModels[column].name}`),
  ]),
);

const ofRelease = { listed: true, priceSource: 'snapshot', sourceAt: releasedAt } as const;

function toRow(model: CatalogueModel, position: number): NewRow {
  return {
    ...ofRelease,
    slug: model.slug,
    providerModelId: model.slug,
    displayName: model.display_name,
    pinned: true,
    position,
    isDefault: model.is_default ?? false,
    contextTokens: model.context_tokens,
    maxTokens: model.max_tokens,
    jsonMode: model.capabilities.json_mode,
    vision: model.capabilities.vision,
    toolUse: model.capabilities.tool_use,
    reasoning: model.capabilities.reasoning,
    reasoningParameter: model.reasoning_parameter,
    reasoningEfforts: model.reasoning_efforts ? [...model.reasoning_efforts] : null,
    inputModalities: model.capabilities.vision ? ['text', 'image'] : ['text'],
    inputCostPerToken: model.input_cost_per_token,
    outputCostPerToken: model.output_cost_per_token,
    cacheReadCostPerToken: model.cache_read_cost_per_token,
    cacheWriteCostPerToken: model.cache_write_cost_per_token,
    priceTiers: model.price_tiers ? [...model.price_tiers] : [],
    retiresOn: null,
  };
}
