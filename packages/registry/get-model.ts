import { type Model, PipelinesError } from '@pipelines/contracts';
import { readHealth } from './health/read-health.ts';
import { findModel, findPlatformModel } from './models/model-rows.ts';
import { presentCustomModel, presentPlatformModel } from './models/present-model.ts';
import type { RegistryContext } from './registry-context.ts';
import { readDefaultModel } from './settings.ts';

/** @throws PipelinesError `model_not_found` */
export async function getModel({ database, platformKey }: RegistryContext, organizationId: string, slug: string): Promise<Model> {
  const { db } = database;
  const defaultSlug = await readDefaultModel(db, organizationId);
  const custom = await findModel(db, organizationId, slug);
  const view = { defaultSlug, health: (await readHealth(db, organizationId, 'model', [slug]))(slug) };
  if (custom) return presentCustomModel(custom, view);
  const platform = await findPlatformModel(db, slug);
  if (platform) return presentPlatformModel(platform, platformKey !== null, view);
  throw new PipelinesError('model_not_found', { fix: 'Check the slug; GET /api/models lists all.' });
}
