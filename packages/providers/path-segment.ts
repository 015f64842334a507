import { UpstreamError } from './upstream-error.ts';

/** An ID as one segment of a path, whatever it holds: it can never be another path. */
export function toPathSegment(id: string): string {
  if (/^\.{1,2}$/.test(id)) throw new UpstreamError('model_not_found');
  return encodeURIComponent(id);
}
