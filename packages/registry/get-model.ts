import { type Model, PipelinesError } from '@pipelines/contracts';
import { readHealth } from './health/read-health.ts';
import { findModel, findPlatformModel } from './models/model-rows.ts';
import { type ModelView, presentCustomModel, presentPlatformModel } from './models/present-model.ts';
import { readOpenProposals } from './price-book/present-proposal.ts';
import type { RegistryContext } from './registry-context.ts';
import { readDefaultModel } from './settings.ts';

/** @throws PipelinesError `model_not_found` */
export async function getModel({ database, platformKey }: RegistryContext, organizationId: string, slug: string): Promise<Model> {
  const { db } = database;
  const defaultSlug = await readDefaultModel(db, organizationId);
  const custom = await findModel(db, organizationId, slug);
  if (custom) {
    const { id } = custom.model;
    const proposals = await readOpenProposals(db, organizationId, [id]);
    return presentCustomModel(custom, await readView(), proposals.get(id) ?? null);
  }
  const platform = await findPlatformModel(db, slug);
  if (platform) return presentPlatformModel(platform, platformKey !== null, await readView());
  throw new PipelinesError('model_not_found', { fix: 'Check the slug; GET /api/models lists all.' });

  async function readView(): Promise<ModelView> {
    return { defaultSlug, health: (await readHealth(db, organizationId, 'model', [slug]))(slug) };
  }
}
