import { z } from 'zod';
import { id } from '../fields.ts';
import { apiKeySchema, createApiKeyBodySchema, createdApiKeySchema } from '../identity.ts';
import { defineRoute } from '../route.ts';

const tag = 'API keys';

export const listApiKeys = defineRoute({
  operationId: 'listApiKeys',
  method: 'get',
  path: '/api/api-keys',
  permission: 'keys:read',
  summary: 'API keys of the organization, never the keys themselves',
  tag,
  success: { status: 200, schema: z.object({ data: z.array(apiKeySchema) }) },
});

export const createApiKey = defineRoute({
  operationId: 'createApiKey',
  method: 'post',
  path: '/api/api-keys',
  permission: 'keys:write',
  summary: 'Make an API key: answers with the key, shown once',
  tag,
  body: createApiKeyBodySchema,
  success: { status: 201, schema: createdApiKeySchema },
  errors: ['forbidden'],
});

export const revokeApiKey = defineRoute({
  operationId: 'revokeApiKey',
  method: 'delete',
  path: '/api/api-keys/{id}',
  permission: 'keys:write',
  summary: 'Revoke an API key',
  tag,
  params: z.object({ id }),
  success: { status: 204 },
});
