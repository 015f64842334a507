import { sessionSchema, setupBodySchema, setupStateSchema } from '../identity.ts';
import { defineRoute } from '../route.ts';

const tag = 'Setup';

export const getSetup = defineRoute({
  operationId: 'getSetup',
  method: 'get',
  path: '/api/setup',
  permission: 'public',
  summary: 'Whether the first admin is still to be created',
  tag,
  success: { status: 200, schema: setupStateSchema },
});

export const completeSetup = defineRoute({
  operationId: 'completeSetup',
  method: 'post',
  path: '/api/setup',
  permission: 'public',
  summary: 'Create the organization and its first admin with the one-time setup link',
  tag,
  body: setupBodySchema,
  success: { status: 201, schema: sessionSchema },
  errors: ['setup_closed', 'setup_link_invalid'],
});
