import { z } from 'zod';
import { connectionVariants } from '../connections.ts';
import { listedModelSchema, providerIdSchema, providerSchema } from '../providers.ts';
import { defineRoute } from '../route.ts';

const tag = 'Providers';

export const listProviders = defineRoute({
  operationId: 'listProviders',
  method: 'get',
  path: '/api/providers',
  permission: 'models:read',
  summary: 'Providers, and what each wants to know',
  tag,
  success: { status: 200, schema: z.object({ data: z.array(providerSchema) }) },
});

/** Like a connection, but the model is what is looked for. */
export const providerModelListBodySchema = connectionVariants({ provider_model_id: z.string().max(300).optional() });

export const listProviderModels = defineRoute({
  operationId: 'listProviderModels',
  method: 'post',
  path: '/api/providers/{provider}/model-list',
  permission: 'models:write',
  summary: "The provider's own models, for autocomplete",
  tag,
  params: z.object({ provider: providerIdSchema }),
  body: providerModelListBodySchema,
  success: { status: 200, schema: z.object({ data: z.array(listedModelSchema) }) },
  errors: ['upstream_error', 'egress_blocked', 'credential_required'],
});
