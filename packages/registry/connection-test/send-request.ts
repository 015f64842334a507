import { type Egress, EgressError, type EgressResponse } from '@pipelines/egress';
import { authorizeRequest, type OpenCredential, type PreparedRequest, type RawResponse, UpstreamError } from '@pipelines/providers';

export interface SendOptions {
  readonly egress: Egress;
  /** Null: on behalf of the server. */
  readonly organizationId: string | null;
  readonly signal: AbortSignal;
  /** All in milliseconds. */
  readonly timeouts: { readonly connectMs: number; readonly firstByteMs: number; readonly idleMs: number; readonly totalMs: number };
  readonly maxResponseBytes: number;
  readonly purpose: 'connection_test' | 'model_list' | 'catalogue' | 'probe';
}

/**
 * Sends a prepared request the way a real call goes, and reads the whole answer.
 * @throws UpstreamError with the cause of a connection that failed
 */
export async function sendRequest(prepared: PreparedRequest, credential: OpenCredential, options: SendOptions): Promise<RawResponse> {
  const response = await openRequest(prepared, credential, options);
  try {
    return { status: response.status, headers: response.headers, body: await response.bytes() };
  } catch (error) {
    throw toUpstreamError(error);
  }
}

/** The same up to the headers of the answer; its body is the caller's to read. */
export async function openRequest(prepared: PreparedRequest, credential: OpenCredential, options: SendOptions): Promise<EgressResponse> {
  const { egress, ...rest } = options;
  const { url, method, headers, body } = await authorizeRequest(prepared, credential);
  try {
    return await egress.request({ url, method, headers, ...(body !== null && { body }), ...rest });
  } catch (error) {
    throw toUpstreamError(error);
  }
}

export function toUpstreamError(error: unknown): unknown {
  return error instanceof EgressError ? new UpstreamError(error.cause, { detail: error.hint }) : error;
}
