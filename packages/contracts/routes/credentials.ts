import { z } from 'zod';
import { credentialSchema } from '../credentials.ts';
import { defineRoute } from '../route.ts';

export const listCredentials = defineRoute({
  operationId: 'listCredentials',
  method: 'get',
  path: '/api/credentials',
  permission: 'credentials:read',
  summary: 'Saved credentials: masked preview, destination, models that use them',
  tag: 'Credentials',
  success: { status: 200, schema: z.object({ data: z.array(credentialSchema) }) },
});
