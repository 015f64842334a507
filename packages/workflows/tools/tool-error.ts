import type { ToolCause } from '@pipelines/contracts';
import { EgressError } from '@pipelines/egress';

/** Why an endpoint did not do what it was asked for. Carries nothing of what the other side said. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  override readonly cause: ToolCause;
  /** Of the answer, where it is the status that says it. */
  readonly status: number | null;

  constructor(cause: ToolCause, status: number | null = null) {
    super(cause);
    this.cause = cause;
    this.status = status;
  }

  /** A failure of the connection as a cause of ours; anything else as it is. */
  static of(error: unknown, signal: AbortSignal): unknown {
    if (error instanceof ToolError || !(error instanceof EgressError)) return error;
    switch (error.cause) {
      case 'canceled':
        // Our own clock, or the caller's.
        return signal.reason instanceof Error && signal.reason.name === 'TimeoutError' ? new ToolError('timed_out') : error;
      case 'not_openai_shape':
      case 'bad_request':
        return new ToolError('connection_lost');
      default:
        return new ToolError(error.cause);
    }
  }
}

/** What a status says that is not a success. */
export function failedStatus(status: number): ToolError {
  if (status === 401 || status === 403) return new ToolError('bad_credential', status);
  if (status === 404 || status === 410) return new ToolError('not_found', status);
  if (status === 429) return new ToolError('rate_limited', status);
  return new ToolError(status >= 500 ? 'server_failed' : 'refused', status);
}
