import { PipelinesError } from '@pipelines/contracts';

/**
 * Fields by which some gateways let a caller choose where a call goes or what it is authorised with. They
 * would not move us, but the endpoint behind us may be such a gateway, and it holds the organization's trust.
 */
const routingFields = new Set([
  'api_base',
  'base_url',
  'api_key',
  'api_version',
  'extra_headers',
  'aws_access_key_id',
  'aws_secret_access_key',
]);

/** Fields whose contents are the caller's own words and schemas, where any name is right. */
const freeFields = new Set(['messages', 'tools', 'functions', 'response_format', 'metadata', 'prediction', 'logit_bias']);

const maxDepth = 3;

/** @throws PipelinesError `unsupported_parameter` */
export function refuseRoutingFields(fields: Readonly<Record<string, unknown>>): void {
  for (const field of Object.keys(fields)) {
    if (routingFields.has(field) || (!freeFields.has(field) && holdsRoutingField(fields[field], 1))) {
      throw new PipelinesError('unsupported_parameter', {
        detail: `"${field}" would choose where the call goes or how it is authorised, which the registry decides.`,
        fix: 'Remove it; to reach another endpoint, add a model for it.',
        param: field,
      });
    }
  }
}

function holdsRoutingField(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || depth > maxDepth) return false;
  return Object.entries(value).some(([key, inner]) => routingFields.has(key) || holdsRoutingField(inner, depth + 1));
}
