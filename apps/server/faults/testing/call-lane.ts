import type { ApiClient } from '../../testing/index.ts';

const messages = [{ role: 'user', content: 'Tell me a story.' }];

export interface LaneAnswer {
  /** Zero where there was none: the connection broke. */
  readonly status: number;
  readonly requestId: string;
  readonly latencyMs: number;
}

/** One chat with the model of a lane, as a program makes it. Never rejects. */
export async function callLane(client: ApiClient, model: string, stream: boolean): Promise<LaneAnswer> {
  const startedMs = performance.now();
  try {
    const { status, headers } = await client.call('POST', '/v1/chat/completions', { body: { model, messages, stream } });
    return { status, requestId: headers.get('x-request-id') ?? '', latencyMs: performance.now() - startedMs };
  } catch {
    return { status: 0, requestId: '', latencyMs: performance.now() - startedMs };
  }
}
