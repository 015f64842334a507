import type { IncomingMessage } from 'node:http';
import { maxFallbacks, PipelinesError } from '@pipelines/contracts';

const header = 'X-Pipelines-Fallback';
const maxLength = 1_500;

/**
 * The models that stand in for the one that a call asks, in the caller's order: `X-Pipelines-Fallback: slug, slug`, or `none`.
 * It is read here and goes no further. Undefined: the caller leaves it to the model's settings.
 *
 * @throws PipelinesError `invalid_request`
 */
export function readFallbackHeader({ headers }: IncomingMessage): readonly string[] | undefined {
  const given = headers['x-pipelines-fallback'];
  if (given === undefined) return undefined;
  const text = Array.isArray(given) ? given.join(',') : given;
  const names = text.split(',').map((name) => name.trim());
  if (names.length === 1 && names[0] === 'none') return [];
  if (text.length > maxLength || names.length > maxFallbacks || names.includes('')) {
    throw new PipelinesError('invalid_request', {
      detail: `${header} names one to ${maxFallbacks} models, with commas between them, or is "none".`,
      param: header,
    });
  }
  return names;
}
