import type { PipelinesError } from '@pipelines/contracts';

/** OpenAI's error shape, which every client of `/v1` understands. */
export interface OpenAiError {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string;
    readonly request_id: string;
  };
}

const typesByStatus: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'insufficient_quota',
  403: 'permission_error',
  429: 'rate_limit_error',
};

/** One of our errors as `/v1` tells it: what happened, then the way out. */
export function toOpenAiError(error: PipelinesError, requestId: string): OpenAiError {
  const type = typesByStatus[error.status] ?? (error.status < 500 ? 'invalid_request_error' : 'api_error');
  return { error: { message: `${error.message} ${error.fix}`, type, param: error.param, code: error.code, request_id: requestId } };
}
