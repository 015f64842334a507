import { PipelinesError } from '@pipelines/contracts';

/** Messages that no provider could take, in words that quote none of them. */
export function wrongMessages(detail: string): PipelinesError {
  return new PipelinesError('invalid_request', { detail, param: 'messages', fields: [{ field: 'messages', message: detail }] });
}
