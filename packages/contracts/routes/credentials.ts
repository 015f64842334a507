import { z } from 'zod';
import { credentialSchema, credentialTestSchema, testCredentialBodySchema, updateCredentialBodySchema } from '../credentials.ts';
import { id } from '../fields.ts';
import { defineRoute } from '../route.ts';

const tag = 'Credentials';
const params = z.object({ id });

export const listCredentials = defineRoute({
  operationId: 'listCredentials',
  method: 'get',
  path: '/api/credentials',
  permission: 'credentials:read',
  summary: 'Saved credentials: masked preview, destination, models that use them, expiry, spend',
  tag,
  success: { status: 200, schema: z.object({ data: z.array(credentialSchema) }) },
});

export const getCredential = defineRoute({
  operationId: 'getCredential',
  method: 'get',
  path: '/api/credentials/{id}',
  permission: 'credentials:read',
  summary: 'One saved credential, never its secret',
  tag,
  params,
  success: { status: 200, schema: credentialSchema },
});

export const updateCredential = defineRoute({
  operationId: 'updateCredential',
  method: 'patch',
  path: '/api/credentials/{id}',
  permission: 'credentials:write',
  summary: 'Replace the secret for all models at once, or say when it ends; its destination never changes',
  tag,
  params,
  body: updateCredentialBodySchema,
  success: { status: 200, schema: credentialSchema },
  errors: ['conflict'],
});

export const testCredential = defineRoute({
  operationId: 'testCredential',
  method: 'post',
  path: '/api/credentials/{id}/connection-tests',
  permission: 'credentials:write',
  summary: 'Test a new secret with every active model that would use it; changes nothing',
  tag,
  params,
  body: testCredentialBodySchema,
  success: { status: 200, schema: credentialTestSchema },
  errors: ['rate_limited'],
});

export const deleteCredential = defineRoute({
  operationId: 'deleteCredential',
  method: 'delete',
  path: '/api/credentials/{id}',
  permission: 'credentials:write',
  summary: 'Delete a credential that no active model uses; its secret is overwritten',
  tag,
  params,
  success: { status: 204 },
  errors: ['credential_in_use'],
});
