import { z } from 'zod';
import { secretHeadersSchema } from './connections.ts';
import { id, line, pageOf, pageQuery, secretText, timestamp } from './fields.ts';
import { toolCauseSchema } from './tool-causes.ts';

/** `mcp`: an MCP server over streamable HTTP. `http`: a service that an OpenAPI 3 document describes. */
export const toolEndpointKindSchema = z.enum(['mcp', 'http']);
export type ToolEndpointKind = z.infer<typeof toolEndpointKindSchema>;

/** How a call is authorised: not at all, by a bearer token, or by secret headers. */
export const toolAuthKindSchema = z.enum(['none', 'bearer', 'headers']);
export type ToolAuthKind = z.infer<typeof toolAuthKindSchema>;

/** The most tools that are kept of one endpoint. */
export const maxToolsOfEndpoint = 500;
/** The most tools that one call to a model takes. */
export const maxToolsOfCall = 128;

/** `token` with `bearer`, `headers` with `headers`. */
export const toolCredentialSchema = z.strictObject({ token: secretText.optional(), headers: secretHeadersSchema.optional() });
export type ToolCredentialFields = z.infer<typeof toolCredentialSchema>;

const address = z.string().trim().min(1, 'Required').max(2048, 'At most 2,048 characters');
const documentText = z.string().min(1, 'Required').max(2_000_000, 'At most 2,000,000 characters');
const name = line(80);

const authorisation = { auth_kind: toolAuthKindSchema, credential: toolCredentialSchema.optional() };
/** One of the two. */
const openApi = { document_url: address.optional(), document: documentText.optional() };
const toolName = z.string().min(1).max(128);

/** Looks what tools there are and saves nothing. Of an HTTP service the address may be left out: the document suggests one. */
export const toolDiscoveryBodySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mcp'), url: address, ...authorisation }),
  z.strictObject({ kind: z.literal('http'), url: address.optional(), ...openApi, ...authorisation }),
]);
export type ToolDiscoveryBody = z.infer<typeof toolDiscoveryBodySchema>;

const chosen = {
  name,
  /** Tools that are not offered to workflows. */
  disabled_tools: z.array(toolName).max(maxToolsOfEndpoint).optional(),
};
export const createToolEndpointBodySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mcp'), url: address, ...authorisation, ...chosen }),
  z.strictObject({ kind: z.literal('http'), url: address, ...openApi, ...authorisation, ...chosen }),
]);
export type CreateToolEndpointBody = z.infer<typeof createToolEndpointBodySchema>;

/** What is left out stays. A blank credential is the stored one, for the same destination only. */
export const updateToolEndpointBodySchema = z.strictObject({
  name: name.optional(),
  url: address.optional(),
  auth_kind: toolAuthKindSchema.optional(),
  credential: toolCredentialSchema.optional(),
  document_url: address.optional(),
  document: documentText.optional(),
  enabled: z.boolean().optional(),
  tools: z
    .array(z.strictObject({ name: toolName, enabled: z.boolean() }))
    .max(maxToolsOfEndpoint)
    .optional(),
});
export type UpdateToolEndpointBody = z.infer<typeof updateToolEndpointBodySchema>;

export const toolSummarySchema = z.object({
  /** As the endpoint calls it. */
  name: z.string(),
  description: z.string(),
  /** Offered to workflows. */
  enabled: z.boolean(),
});
export const toolSchema = toolSummarySchema.extend({
  /** JSON Schema of its arguments. */
  input_schema: z.record(z.string(), z.unknown()),
  /** Of an HTTP service: such as `GET /forecast/{city}`. */
  operation: z.string().nullable(),
});
export type Tool = z.infer<typeof toolSchema>;

const outcome = {
  passed: z.boolean(),
  cause: toolCauseSchema.nullable(),
  /** One sentence of ours. */
  message: z.string(),
  /** What to do about a failure. */
  fix: z.string().nullable(),
};

export const toolEndpointSchema = z.object({
  id,
  name: z.string(),
  kind: toolEndpointKindSchema,
  /** Where calls go, and the only place where the credential is sent: with everything beneath it for `http`. */
  url: z.string(),
  /** Where the OpenAPI document is read; null for `mcp`, and where it was pasted. */
  document_url: z.string().nullable(),
  auth_kind: toolAuthKindSchema,
  /** Masked; null where there is no credential. */
  credential_preview: z.string().nullable(),
  /** False: no workflow calls its tools. */
  enabled: z.boolean(),
  tools: z.array(toolSummarySchema),
  /** Null since a change of its connection. */
  last_refresh: z.object({ ...outcome, at: timestamp }).nullable(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type ToolEndpoint = z.infer<typeof toolEndpointSchema>;
export const toolEndpointDetailSchema = toolEndpointSchema.extend({ tools: z.array(toolSchema) });
export type ToolEndpointDetail = z.infer<typeof toolEndpointDetailSchema>;
export const toolEndpointListQuerySchema = z.object(pageQuery);
export const toolEndpointPageSchema = pageOf(toolEndpointSchema);

export const toolDiscoverySchema = z.object({
  ...outcome,
  latency_ms: z.number().int().nonnegative(),
  tools: z.array(toolSchema.omit({ enabled: true })),
  /** How many tools were not taken: too many, or of a form that cannot be called. */
  left_out: z.number().int().nonnegative(),
  /** The address that the OpenAPI document names. */
  suggested_url: z.string().nullable(),
});
export type ToolDiscovery = z.infer<typeof toolDiscoverySchema>;

export const toolRefreshSchema = z.object({
  ...outcome,
  latency_ms: z.number().int().nonnegative(),
  /** Names of tools. A failed refresh leaves all as they were. */
  added: z.array(z.string()),
  changed: z.array(z.string()),
  removed: z.array(z.string()),
  left_out: z.number().int().nonnegative(),
  endpoint: toolEndpointDetailSchema,
});
export type ToolRefresh = z.infer<typeof toolRefreshSchema>;
