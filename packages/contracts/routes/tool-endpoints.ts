import { z } from 'zod';
import { id } from '../fields.ts';
import { dependentsSchema } from '../models.ts';
import { defineRoute } from '../route.ts';
import {
  createToolEndpointBodySchema,
  toolDiscoveryBodySchema,
  toolDiscoverySchema,
  toolEndpointDetailSchema,
  toolEndpointListQuerySchema,
  toolEndpointPageSchema,
  toolRefreshSchema,
  updateToolEndpointBodySchema,
} from '../tool-endpoints.ts';

const tag = 'Tools';
const params = z.object({ id });
/** A pasted OpenAPI document. */
const maxBodyBytes = 5_000_000;

export const discoverTools = defineRoute({
  operationId: 'discoverTools',
  method: 'post',
  path: '/api/tool-endpoints/discoveries',
  permission: 'tools:write',
  summary: 'Look what tools an endpoint has, and save nothing',
  tag,
  body: toolDiscoveryBodySchema,
  maxBodyBytes,
  success: { status: 200, schema: toolDiscoverySchema },
  errors: ['credential_required', 'rate_limited'],
});

export const listToolEndpoints = defineRoute({
  operationId: 'listToolEndpoints',
  method: 'get',
  path: '/api/tool-endpoints',
  permission: 'tools:read',
  summary: 'Tool endpoints with the names of their tools, newest first',
  tag,
  query: toolEndpointListQuerySchema,
  success: { status: 200, schema: toolEndpointPageSchema },
});

export const createToolEndpoint = defineRoute({
  operationId: 'createToolEndpoint',
  method: 'post',
  path: '/api/tool-endpoints',
  permission: 'tools:write',
  summary: 'Save a tool endpoint whose tools can be read right now',
  tag,
  body: createToolEndpointBodySchema,
  maxBodyBytes,
  success: { status: 201, schema: toolEndpointDetailSchema },
  errors: ['tool_discovery_failed', 'credential_required', 'already_exists', 'rate_limited'],
});

export const getToolEndpoint = defineRoute({
  operationId: 'getToolEndpoint',
  method: 'get',
  path: '/api/tool-endpoints/{id}',
  permission: 'tools:read',
  summary: 'A tool endpoint and its tools with their input schemas',
  tag,
  params,
  success: { status: 200, schema: toolEndpointDetailSchema },
});

export const updateToolEndpoint = defineRoute({
  operationId: 'updateToolEndpoint',
  method: 'patch',
  path: '/api/tool-endpoints/{id}',
  permission: 'tools:write',
  summary: 'Edit a tool endpoint, or choose which of its tools are offered',
  tag,
  params,
  body: updateToolEndpointBodySchema,
  maxBodyBytes,
  success: { status: 200, schema: toolEndpointDetailSchema },
  errors: ['credential_required', 'already_exists', 'conflict'],
});

export const deleteToolEndpoint = defineRoute({
  operationId: 'deleteToolEndpoint',
  method: 'delete',
  path: '/api/tool-endpoints/{id}',
  permission: 'tools:write',
  summary: 'Delete a tool endpoint and its credential; with active workflows only with ?confirm=true',
  tag,
  params,
  query: z.object({ confirm: z.enum(['true', 'false']).optional() }),
  success: { status: 204 },
  errors: ['tool_endpoint_in_use'],
});

export const refreshToolEndpoint = defineRoute({
  operationId: 'refreshToolEndpoint',
  method: 'post',
  path: '/api/tool-endpoints/{id}/refresh',
  permission: 'tools:write',
  summary: 'Read its tools again, and tell what was added, changed and removed',
  tag,
  params,
  success: { status: 200, schema: toolRefreshSchema },
  errors: ['rate_limited'],
});

export const listToolDependents = defineRoute({
  operationId: 'listToolDependents',
  method: 'get',
  path: '/api/tool-endpoints/{id}/dependents',
  permission: 'tools:read',
  summary: 'Active workflows that use its tools',
  tag,
  params,
  success: { status: 200, schema: dependentsSchema },
});
