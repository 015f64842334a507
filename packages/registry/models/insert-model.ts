import type { CreateModelBody, Principal } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import type { Quirks } from '@pipelines/providers';
import { v7 as uuidv7 } from 'uuid';
import type { TestRow } from '../connection-test/consume-test.ts';
import type { Destination } from '../credential-vault/credential-place.ts';
import { recordPrices } from '../price-book/record-prices.ts';
import { pricesToSave } from './prices-to-save.ts';
import { reasoningParameterOf } from './reasoning-settings.ts';

export interface NewModel {
  readonly slug: string;
  readonly destination: Destination;
  readonly credentialId: string | null;
  readonly body: CreateModelBody;
  /** The test that was used up for it. */
  readonly test: TestRow;
  /** What a probe of the same connection has found. */
  readonly quirks: Quirks;
}

export async function insertModel(tx: Transaction, principal: Principal, model: NewModel): Promise<void> {
  const { organizationId, actor } = principal;
  const { slug, destination, credentialId, body, test, quirks } = model;
  const { capabilities } = body;
  const id = uuidv7();
  const prices = pricesToSave(body, test.suggestedPrices);
  await tx.insert(schema.models).values({
    organizationId,
    id,
    slug,
    task: body.task ?? 'chat',
    displayName: body.display_name,
    providerModelId: body.provider_model_id,
    maxTokens: body.max_tokens ?? null,
    jsonMode: capabilities.json_mode,
    vision: capabilities.vision,
    toolUse: capabilities.tool_use,
    reasoning: capabilities.reasoning,
    reasoningParameter: reasoningParameterOf(capabilities, body.reasoning_parameter),
    ...prices,
    ...destination,
    credentialId,
    quirks: { ...test.quirks, ...quirks },
    lastTestPassed: true,
    lastTestLatencyMs: test.latencyMs,
    lastTestAt: test.createdAt,
    createdBy: actor.type === 'member' ? actor.id : null,
  });
  await recordPrices(tx, principal, id, prices);
}
