import { z } from 'zod';

/** Why an endpoint could not be reached or read: a closed list. */
export const toolCauses = [
  'egress_blocked',
  'dns_failed',
  'connection_refused',
  'tls_failed',
  'timed_out',
  'redirected',
  'connection_lost',
  'response_too_large',
  'bad_credential',
  'not_found',
  'rate_limited',
  'refused',
  'server_failed',
  'not_mcp',
  'mcp_version',
  'mcp_failed',
  'not_json_or_yaml',
  'not_openapi',
  'old_openapi',
  'no_tools',
] as const;
export const toolCauseSchema = z.enum(toolCauses);
export type ToolCause = (typeof toolCauses)[number];
