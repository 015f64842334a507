import type { PipelinesError } from '@pipelines/contracts';
import type { OpenAiError } from '../../openai-error.ts';

/** Anthropic's error shape; `code` is ours, and stable. */
export interface MessagesError {
  readonly type: 'error';
  readonly error: { readonly type: string; readonly message: string; readonly code: string };
  readonly request_id: string;
  readonly [field: string]: unknown;
}

const typesByStatus: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  503: 'overloaded_error',
  504: 'timeout_error',
};

/** One of our errors as `/v1/messages` tells it: what happened, then the way out. */
export function toMessagesError(error: PipelinesError, requestId: string): MessagesError {
  const type = typesByStatus[error.status] ?? (error.status < 500 ? 'invalid_request_error' : 'api_error');
  return { type: 'error', error: { type, message: `${error.message} ${error.fix}`, code: error.code }, request_id: requestId };
}

/** An error that a stream has told in OpenAI's shape. */
export function rewriteError({ type, message, code, request_id }: OpenAiError['error']): MessagesError {
  return { type: 'error', error: { type, message, code }, request_id };
}
