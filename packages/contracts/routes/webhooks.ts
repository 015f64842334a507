import { z } from 'zod';
import { id } from '../fields.ts';
import { defineRoute } from '../route.ts';
import {
  createdWebhookSchema,
  createWebhookBodySchema,
  updateWebhookBodySchema,
  webhookDeliveryPageSchema,
  webhookDeliverySchema,
  webhookPageSchema,
  webhookQuerySchema,
  webhookSchema,
} from '../webhooks.ts';

const tag = 'Webhooks';
const params = z.object({ id });

export const listWebhooks = defineRoute({
  operationId: 'listWebhooks',
  method: 'get',
  path: '/api/webhooks',
  permission: 'webhooks:read',
  summary: 'Addresses that are told when a budget reaches 50, 80 and 100 %',
  tag,
  query: webhookQuerySchema,
  success: { status: 200, schema: webhookPageSchema },
});

export const createWebhook = defineRoute({
  operationId: 'createWebhook',
  method: 'post',
  path: '/api/webhooks',
  permission: 'webhooks:write',
  summary: 'Tell an address of alerts: answers with the secret that signs them, shown once',
  tag,
  body: createWebhookBodySchema,
  success: { status: 201, schema: createdWebhookSchema },
  errors: ['conflict', 'egress_blocked'],
});

export const updateWebhook = defineRoute({
  operationId: 'updateWebhook',
  method: 'patch',
  path: '/api/webhooks/{id}',
  permission: 'webhooks:write',
  summary: 'Switch a webhook on or off',
  tag,
  params,
  body: updateWebhookBodySchema,
  success: { status: 200, schema: webhookSchema },
});

export const deleteWebhook = defineRoute({
  operationId: 'deleteWebhook',
  method: 'delete',
  path: '/api/webhooks/{id}',
  permission: 'webhooks:write',
  summary: 'Delete a webhook and its secret',
  tag,
  params,
  success: { status: 204 },
});

export const testWebhook = defineRoute({
  operationId: 'testWebhook',
  method: 'post',
  path: '/api/webhooks/{id}/tests',
  permission: 'webhooks:write',
  summary: 'Send a test message right now, once',
  tag,
  params,
  success: { status: 200, schema: webhookDeliverySchema },
});

export const listWebhookDeliveries = defineRoute({
  operationId: 'listWebhookDeliveries',
  method: 'get',
  path: '/api/webhooks/{id}/deliveries',
  permission: 'webhooks:read',
  summary: 'What was sent to a webhook, newest first',
  tag,
  params,
  query: webhookQuerySchema,
  success: { status: 200, schema: webhookDeliveryPageSchema },
});
