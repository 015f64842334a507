import { z } from 'zod';
import { id } from '../fields.ts';
import { defineRoute } from '../route.ts';
import {
  addModelCredentialBodySchema,
  aliasSchema,
  createAliasBodySchema,
  modelRoutingSchema,
  updateAliasBodySchema,
  updateModelRoutingBodySchema,
} from '../routing.ts';

const tag = 'Routing';
const slugParams = z.object({ slug: z.string().min(1).max(300) });
const aliasParams = z.object({ name: z.string().min(1).max(64) });

export const getModelRouting = defineRoute({
  operationId: 'getModelRouting',
  method: 'get',
  path: '/api/models/{slug}/routing',
  permission: 'models:read',
  summary: 'The credentials, fallbacks and limits that calls of the model go by, and how they fare',
  tag,
  params: slugParams,
  success: { status: 200, schema: modelRoutingSchema },
});

export const updateModelRouting = defineRoute({
  operationId: 'updateModelRouting',
  method: 'patch',
  path: '/api/models/{slug}/routing',
  permission: 'models:write',
  summary:
    'Change weights, fallbacks, retries, time limits and the response cache of a model; of a platform model, for the calls of the organization',
  tag,
  params: slugParams,
  body: updateModelRoutingBodySchema,
  success: { status: 200, schema: modelRoutingSchema },
  errors: ['platform_model_immutable', 'model_inactive'],
});

export const addModelCredential = defineRoute({
  operationId: 'addModelCredential',
  method: 'post',
  path: '/api/models/{slug}/credentials',
  permission: 'models:write',
  summary: 'Let another credential serve the model too, with a passed connection test of it; proves one again that is there',
  tag,
  params: slugParams,
  body: addModelCredentialBodySchema,
  success: { status: 201, schema: modelRoutingSchema },
  errors: ['connection_test_required', 'already_exists', 'platform_model_immutable', 'model_inactive'],
});

export const removeModelCredential = defineRoute({
  operationId: 'removeModelCredential',
  method: 'delete',
  path: '/api/models/{slug}/credentials/{id}',
  permission: 'models:write',
  summary: 'Take a credential that serves beside the own one from the model; the credential itself stays',
  tag,
  params: slugParams.extend({ id }),
  success: { status: 204 },
  errors: ['platform_model_immutable'],
});

export const purgeCachedAnswers = defineRoute({
  operationId: 'purgeCachedAnswers',
  method: 'delete',
  path: '/api/models/{slug}/cached-answers',
  permission: 'models:write',
  summary: 'Throw away the answers that are kept of the model, in every process',
  tag,
  params: slugParams,
  success: { status: 204 },
  errors: ['model_inactive'],
});

export const listAliases = defineRoute({
  operationId: 'listAliases',
  method: 'get',
  path: '/api/aliases',
  permission: 'models:read',
  summary: 'Other names of the organization for its models, by name',
  tag,
  success: { status: 200, schema: z.object({ data: z.array(aliasSchema) }) },
});

export const createAlias = defineRoute({
  operationId: 'createAlias',
  method: 'post',
  path: '/api/aliases',
  permission: 'settings:write',
  summary: 'Give a model another name that programs may call it by',
  tag,
  body: createAliasBodySchema,
  success: { status: 201, schema: aliasSchema },
  errors: ['already_exists', 'model_not_found', 'model_inactive'],
});

export const updateAlias = defineRoute({
  operationId: 'updateAlias',
  method: 'patch',
  path: '/api/aliases/{name}',
  permission: 'settings:write',
  summary: 'Let the name stand for another model, from one call to the next',
  tag,
  params: aliasParams,
  body: updateAliasBodySchema,
  success: { status: 200, schema: aliasSchema },
  errors: ['model_not_found', 'model_inactive'],
});

export const deleteAlias = defineRoute({
  operationId: 'deleteAlias',
  method: 'delete',
  path: '/api/aliases/{name}',
  permission: 'settings:write',
  summary: 'Take the name away; calls by it fail from then on',
  tag,
  params: aliasParams,
  success: { status: 204 },
});
