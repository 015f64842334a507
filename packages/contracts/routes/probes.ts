import { z } from 'zod';
import { connectionTestBodySchema } from '../connection-tests.ts';
import { probeListSchema, probeSchema } from '../probes.ts';
import { defineRoute } from '../route.ts';

const tag = 'Models';
const slugParams = z.object({ slug: z.string().min(1).max(300) });

export const probeConnection = defineRoute({
  operationId: 'probeConnection',
  method: 'post',
  path: '/api/probes',
  permission: 'models:write',
  summary: 'Measure what a model that is not saved yet can do, by some live calls',
  tag,
  body: connectionTestBodySchema,
  success: { status: 201, schema: probeSchema },
  errors: ['credential_required', 'upstream_error', 'rate_limited'],
});

export const probeModel = defineRoute({
  operationId: 'probeModel',
  method: 'post',
  path: '/api/models/{slug}/probes',
  permission: 'models:write',
  summary: 'Measure what a model can do, by some live calls',
  tag,
  params: slugParams,
  success: { status: 201, schema: probeSchema },
  errors: ['model_inactive', 'platform_not_configured', 'upstream_error', 'rate_limited'],
});

export const listProbes = defineRoute({
  operationId: 'listProbes',
  method: 'get',
  path: '/api/models/{slug}/probes',
  permission: 'models:read',
  summary: 'What was measured of a model, newest first',
  tag,
  params: slugParams,
  success: { status: 200, schema: probeListSchema },
});
