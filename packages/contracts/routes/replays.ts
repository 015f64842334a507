import { z } from 'zod';
import { id } from '../fields.ts';
import { replayBodySchema, replayContentSchema, replayEstimateSchema, replayItemSchema, replaySchema } from '../replays.ts';
import { defineRoute } from '../route.ts';

const tag = 'Replays';
const slugParams = z.object({ slug: z.string().min(1).max(300) });
const params = slugParams.extend({ id });
const maxBodyBytes = 5_000_000;

export const estimateReplay = defineRoute({
  operationId: 'estimateReplay',
  method: 'post',
  path: '/api/models/{slug}/replays/estimate',
  permission: 'contents:read',
  summary: 'What trying another model on inputs of this one would cost',
  tag,
  params: slugParams,
  body: replayBodySchema,
  maxBodyBytes,
  success: { status: 200, schema: replayEstimateSchema },
  errors: ['model_inactive', 'content_unreadable'],
});

export const createReplay = defineRoute({
  operationId: 'createReplay',
  method: 'post',
  path: '/api/models/{slug}/replays',
  permission: 'contents:read',
  summary: 'Try another model on recent or pasted inputs of this one',
  tag,
  params: slugParams,
  body: replayBodySchema,
  maxBodyBytes,
  success: { status: 202, schema: replaySchema },
  errors: ['model_inactive', 'conflict', 'content_unreadable'],
});

export const listReplays = defineRoute({
  operationId: 'listReplays',
  method: 'get',
  path: '/api/models/{slug}/replays',
  permission: 'contents:read',
  summary: 'The newest twenty replays of the model',
  tag,
  params: slugParams,
  success: { status: 200, schema: z.object({ data: z.array(replaySchema) }) },
});

export const getReplay = defineRoute({
  operationId: 'getReplay',
  method: 'get',
  path: '/api/models/{slug}/replays/{id}',
  permission: 'contents:read',
  summary: 'How far it is, and how the two models compare',
  tag,
  params,
  success: { status: 200, schema: replaySchema },
});

export const listReplayItems = defineRoute({
  operationId: 'listReplayItems',
  method: 'get',
  path: '/api/models/{slug}/replays/{id}/items',
  permission: 'contents:read',
  summary: 'Each input with what became of it, a hundred at most, without contents',
  tag,
  params,
  success: { status: 200, schema: z.object({ data: z.array(replayItemSchema) }) },
});

export const getReplayItem = defineRoute({
  operationId: 'getReplayItem',
  method: 'get',
  path: '/api/models/{slug}/replays/{id}/items/{item}',
  permission: 'contents:read',
  summary: 'One input and both answers; each reading is in the audit log',
  tag,
  params: params.extend({ item: z.coerce.number().int().min(1).max(1_000) }),
  success: { status: 200, schema: replayContentSchema },
  errors: ['content_unreadable'],
});

export const getReplayResults = defineRoute({
  operationId: 'getReplayResults',
  method: 'get',
  path: '/api/models/{slug}/replays/{id}/results',
  permission: 'contents:read',
  summary: 'Every input with both answers; `format=csv` for a spreadsheet; each reading is in the audit log',
  tag,
  params,
  query: z.object({ format: z.enum(['json', 'csv']).default('json') }),
  success: { status: 200, schema: z.object({ data: z.array(replayContentSchema) }), csv: true },
  errors: ['content_unreadable'],
});

export const cancelReplay = defineRoute({
  operationId: 'cancelReplay',
  method: 'post',
  path: '/api/models/{slug}/replays/{id}/cancel',
  permission: 'contents:read',
  summary: 'End it; calls that are out are canceled at the provider',
  tag,
  params,
  success: { status: 200, schema: replaySchema },
  errors: ['conflict'],
});

export const deleteReplay = defineRoute({
  operationId: 'deleteReplay',
  method: 'delete',
  path: '/api/models/{slug}/replays/{id}',
  permission: 'contents:read',
  summary: 'Delete one that has ended, with all that it holds',
  tag,
  params,
  success: { status: 204 },
  errors: ['conflict'],
});
