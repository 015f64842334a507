import { z } from 'zod';
import { id } from '../fields.ts';
import { modelChangeSchema, modelImpactSchema } from '../impact.ts';
import { modelSchema } from '../models.ts';
import { repointBodySchema, repointEntrySchema, repointSchema, undoneRepointSchema } from '../repoint.ts';
import { defineRoute } from '../route.ts';

const tag = 'Models';
const slugParams = z.object({ slug: z.string().min(1).max(300) });

export const getModelImpact = defineRoute({
  operationId: 'getModelImpact',
  method: 'post',
  path: '/api/models/{slug}/impact',
  permission: 'models:read',
  summary: 'Whom a change of the model would affect and why, before it is made',
  tag,
  params: slugParams,
  body: modelChangeSchema,
  success: { status: 200, schema: modelImpactSchema },
});

export const reactivateModel = defineRoute({
  operationId: 'reactivateModel',
  method: 'post',
  path: '/api/models/{slug}/reactivate',
  permission: 'models:write',
  summary: 'Take a deactivated model back into use, under its slug',
  tag,
  params: slugParams,
  success: { status: 200, schema: modelSchema },
  errors: ['platform_model_immutable'],
});

export const repointModel = defineRoute({
  operationId: 'repointModel',
  method: 'post',
  path: '/api/models/{slug}/repoint',
  permission: 'workflows:write',
  summary: 'Point workflows, and limited API keys, to another model; with dry_run only tell what would happen',
  tag,
  params: slugParams,
  body: repointBodySchema,
  success: { status: 200, schema: repointSchema },
  errors: ['model_inactive', 'platform_not_configured', 'forbidden', 'model_not_allowed'],
});

export const listRepoints = defineRoute({
  operationId: 'listRepoints',
  method: 'get',
  path: '/api/models/{slug}/repoints',
  permission: 'workflows:read',
  summary: 'The newest twenty repoints from or to the model',
  tag,
  params: slugParams,
  success: { status: 200, schema: z.object({ data: z.array(repointEntrySchema) }) },
});

export const undoRepoint = defineRoute({
  operationId: 'undoRepoint',
  method: 'post',
  path: '/api/models/{slug}/repoint/{id}/undo',
  permission: 'workflows:write',
  summary: 'Put back what a repoint changed, where nobody has changed it since',
  tag,
  params: slugParams.extend({ id }),
  success: { status: 200, schema: undoneRepointSchema },
  errors: ['conflict', 'forbidden'],
});
