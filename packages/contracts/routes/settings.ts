import { organizationSettingsSchema, updateSettingsBodySchema } from '../identity.ts';
import { defineRoute } from '../route.ts';

export const getSettings = defineRoute({
  operationId: 'getSettings',
  method: 'get',
  path: '/api/settings',
  permission: 'settings:read',
  summary: 'Settings of the organization',
  tag: 'Settings',
  success: { status: 200, schema: organizationSettingsSchema },
});

export const updateSettings = defineRoute({
  operationId: 'updateSettings',
  method: 'patch',
  path: '/api/settings',
  permission: 'settings:write',
  summary: 'Change the organization, its default model, or for how long contents of calls are kept',
  tag: 'Settings',
  body: updateSettingsBodySchema,
  success: { status: 200, schema: organizationSettingsSchema },
  errors: ['model_not_found', 'model_inactive'],
});
