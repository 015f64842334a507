import { z } from 'zod';
import { connectionTestBodySchema, connectionTestSchema, modelConnectionTestBodySchema } from '../connection-tests.ts';
import {
  createModelBodySchema,
  dependentsSchema,
  modelListQuerySchema,
  modelPageSchema,
  modelSchema,
  updateModelBodySchema,
} from '../models.ts';
import { defineRoute } from '../route.ts';

const tag = 'Models';
/** A platform model's slug holds a slash: `%2F` in a path. */
const slugParams = z.object({ slug: z.string().min(1).max(300) });

export const createConnectionTest = defineRoute({
  operationId: 'createConnectionTest',
  method: 'post',
  path: '/api/connection-tests',
  permission: 'models:write',
  summary: 'Make one small live call with exactly this configuration',
  tag,
  body: connectionTestBodySchema,
  success: { status: 201, schema: connectionTestSchema },
  errors: ['credential_required', 'rate_limited'],
});

export const listModels = defineRoute({
  operationId: 'listModels',
  method: 'get',
  path: '/api/models',
  permission: 'models:read',
  summary: 'Every model of the organization: platform models first, then custom ones by name',
  tag,
  query: modelListQuerySchema,
  success: { status: 200, schema: modelPageSchema },
});

export const createModel = defineRoute({
  operationId: 'createModel',
  method: 'post',
  path: '/api/models',
  permission: 'models:write',
  summary: 'Save a custom model, with a passed connection test of exactly this configuration',
  tag,
  body: createModelBodySchema,
  success: { status: 201, schema: modelSchema },
  errors: ['connection_test_required'],
});

export const getModel = defineRoute({
  operationId: 'getModel',
  method: 'get',
  path: '/api/models/{slug}',
  permission: 'models:read',
  summary: 'One model',
  tag,
  params: slugParams,
  success: { status: 200, schema: modelSchema },
});

export const updateModel = defineRoute({
  operationId: 'updateModel',
  method: 'patch',
  path: '/api/models/{slug}',
  permission: 'models:write',
  summary: 'Edit a custom model; a changed connection marks it untested',
  tag,
  params: slugParams,
  body: updateModelBodySchema,
  success: { status: 200, schema: modelSchema },
  errors: ['credential_required', 'platform_model_immutable', 'model_inactive'],
});

export const deactivateModel = defineRoute({
  operationId: 'deactivateModel',
  method: 'delete',
  path: '/api/models/{slug}',
  permission: 'models:write',
  summary: 'Deactivate a custom model; with active workflows only with ?confirm=true',
  tag,
  params: slugParams,
  query: z.object({ confirm: z.enum(['true', 'false']).optional() }),
  success: { status: 204 },
  errors: ['model_in_use', 'platform_model_immutable', 'default_model_protected'],
});

export const testModel = defineRoute({
  operationId: 'testModel',
  method: 'post',
  path: '/api/models/{slug}/connection-tests',
  permission: 'models:write',
  summary: 'Test the stored model, or a draft of an edit',
  tag,
  params: slugParams,
  body: modelConnectionTestBodySchema,
  success: { status: 201, schema: connectionTestSchema },
  errors: ['credential_required', 'platform_not_configured', 'rate_limited'],
});

export const listDependents = defineRoute({
  operationId: 'listDependents',
  method: 'get',
  path: '/api/models/{slug}/dependents',
  permission: 'models:read',
  summary: 'Active workflows that use the model',
  tag,
  params: slugParams,
  success: { status: 200, schema: dependentsSchema },
});
