import type { Capabilities, ReasoningParameter } from '@pipelines/contracts';
import { announceChange, type Database, schema } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import catalogue from './platform-models.json' with { type: 'json' };

/** Advisory lock of whoever writes the catalogue. */
const lockKey = sql`1886414965, 3`;

interface CatalogueModel {
  /** The model ID at OpenRouter, which is the slug. */
  readonly slug: string;
  readonly display_name: string;
  readonly is_default?: boolean;
  readonly context_tokens: number;
  readonly max_tokens: number;
  readonly capabilities: Capabilities;
  readonly reasoning_parameter: ReasoningParameter | null;
  readonly input_cost_per_token: string;
  readonly output_cost_per_token: string;
  readonly cache_read_cost_per_token: string | null;
  readonly cache_write_cost_per_token: string | null;
}

/**
 * Writes the catalogue of this release into the database. New models are added, known ones follow the
 * release; whether a model is active stays as the operator has left it.
 */
export async function seedPlatformModels({ db }: Database): Promise<void> {
  const { platformModels } = schema;
  const rows = (catalogue.models as readonly CatalogueModel[]).map(toRow);
  const followed = ['displayName', 'providerModelId', 'maxTokens', 'contextTokens', 'jsonMode', 'vision', 'toolUse', 'reasoning'] as const;
  const prices = ['inputCostPerToken', 'outputCostPerToken', 'cacheReadCostPerToken', 'cacheWriteCostPerToken', 'priceSource'] as const;
  const place = ['reasoningParameter', 'position', 'isDefault'] as const;
  const set = Object.fromEntries(
    [...followed, ...prices, ...place].map((column) => [column, sql.raw(`excluded.${platformModels[column].name}`)]),
  );
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${lockKey})`);
    const written = await tx
      .insert(platformModels)
      .values(rows)
      .onConflictDoUpdate({
        target: platformModels.slug,
        set: { ...set, updatedAt: sql`now()` },
        setWhere: sql`to_jsonb(platform_models) - '{active,created_at,updated_at}'::text[] is distinct from to_jsonb(excluded) - '{active,created_at,updated_at}'::text[]`,
      })
      .returning({ slug: platformModels.slug });
    if (written.length > 0) await announceChange(tx, { topic: 'models', organizationId: null });
  });
}

function toRow(model: CatalogueModel, position: number): typeof schema.platformModels.$inferInsert {
  return {
    slug: model.slug,
    providerModelId: model.slug,
    displayName: model.display_name,
    position,
    isDefault: model.is_default ?? false,
    contextTokens: model.context_tokens,
    maxTokens: model.max_tokens,
    jsonMode: model.capabilities.json_mode,
    vision: model.capabilities.vision,
    toolUse: model.capabilities.tool_use,
    reasoning: model.capabilities.reasoning,
    reasoningParameter: model.reasoning_parameter,
    inputCostPerToken: model.input_cost_per_token,
    outputCostPerToken: model.output_cost_per_token,
    cacheReadCostPerToken: model.cache_read_cost_per_token,
    cacheWriteCostPerToken: model.cache_write_cost_per_token,
    priceSource: 'catalogue',
  };
}
