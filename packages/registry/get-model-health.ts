import type { ModelHealthReport } from '@pipelines/contracts';
import { getModel } from './get-model.ts';
import { readHealthReport } from './health/read-health-report.ts';
import type { RegistryContext } from './registry-context.ts';

/** How real calls of a model went in the last day. @throws PipelinesError `model_not_found` */
export async function getModelHealth(context: RegistryContext, organizationId: string, slug: string): Promise<ModelHealthReport> {
  await getModel(context, organizationId, slug);
  return readHealthReport(context.database.db, organizationId, slug);
}
