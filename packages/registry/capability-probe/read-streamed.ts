import type { TokenUsage, ToolCall } from '@pipelines/contracts';
import type { AdapterTarget, OpenCredential, PreparedRequest, ProviderAdapter } from '@pipelines/providers';
import type { CallEnd } from '../connection-test/meter-call.ts';
import { openRequest, type SendOptions, toUpstreamError } from '../connection-test/send-request.ts';

interface Delta {
  readonly content?: string | null;
  readonly reasoning?: string | null;
  readonly reasoning_content?: string | null;
  readonly tool_calls?: readonly {
    readonly index?: number;
    readonly id?: string;
    readonly function?: { name?: string; arguments?: string };
  }[];
}

/** A streamed answer put together again, as a client does. @throws UpstreamError */
export async function readStreamed(
  prepared: PreparedRequest,
  credential: OpenCredential,
  options: SendOptions,
  adapter: ProviderAdapter,
  target: AdapterTarget,
  note: (part: Partial<CallEnd>) => void,
) {
  const response = await openRequest(prepared, credential, options);
  note({ httpStatus: response.status });
  try {
    if (response.status < 200 || response.status > 299) {
      throw adapter.classify({ status: response.status, headers: response.headers, body: await response.bytes() }, target);
    }
    let text = '';
    let thinking = '';
    let usage: TokenUsage | null = null;
    let finishReason: string | null = null;
    const calls: { id: string; name: string; arguments: string }[] = [];
    for await (const event of adapter.readStream(response.body, target)) {
      if (event.type === 'usage') {
        usage = event.usage;
        continue;
      }
      const choice = event.chunk.choices[0];
      const delta = (choice?.delta ?? {}) as Delta;
      text += delta.content ?? '';
      thinking += delta.reasoning || delta.reasoning_content || '';
      finishReason = choice?.finish_reason ?? finishReason;
      for (const piece of delta.tool_calls ?? []) addPiece(calls, piece);
    }
    note({ usage, finishReason });
    return { text, thinking, toolCalls: calls.map(toCall), usage, finishReason };
  } catch (error) {
    throw toUpstreamError(error);
  }
}

function addPiece(calls: { id: string; name: string; arguments: string }[], piece: NonNullable<Delta['tool_calls']>[number]): void {
  const index = piece.index ?? Math.max(0, calls.length - 1);
  calls[index] ??= { id: '', name: '', arguments: '' };
  const call = calls[index];
  call.id ||= piece.id ?? '';
  call.name ||= piece.function?.name ?? '';
  call.arguments += piece.function?.arguments ?? '';
}

function toCall({ id, name, arguments: text }: { id: string; name: string; arguments: string }): ToolCall {
  return { id, type: 'function', function: { name, arguments: text } };
}
