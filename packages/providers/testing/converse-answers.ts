import { EventStreamCodec } from '@smithy/eventstream-codec';
import { fromUtf8, toUtf8 } from '@smithy/util-utf8';
import type { PlannedAnswer } from './chat-script.ts';

const stopReasons: Readonly<Record<string, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'content_filtered',
};
const codec = new EventStreamCodec(toUtf8, fromUtf8);

/** The signature that the fake puts under its thoughts, and wants back with them. */
export const fakeSignature = 'c2lnbmF0dXJlLW9mLXRoZS10aG91Z2h0';

export function toConverseAnswer(answer: PlannedAnswer): unknown {
  const text = answer.chunks.join('');
  return {
    output: {
      message: {
        role: 'assistant',
        content: [
          ...(answer.reasoning === null
            ? []
            : [{ reasoningContent: { reasoningText: { text: answer.reasoning, signature: fakeSignature } } }]),
          ...(text === '' ? [] : [{ text }]),
          ...answer.toolCalls.map((call) => ({ toolUse: { toolUseId: call.id, name: call.name, input: JSON.parse(call.arguments) } })),
        ],
      },
    },
    stopReason: stopReasonOf(answer),
    ...(answer.usage === null ? {} : { usage: usageOf(answer) }),
    metrics: { latencyMs: 12 },
  };
}

/** The same as event-stream frames. Text blocks have no start event, as is usual there. */
export function toConverseFrames(answer: PlannedAnswer): Uint8Array[] {
  const frames: Uint8Array[] = [encodeEvent('messageStart', { role: 'assistant' })];
  let block = 0;
  const delta = (value: unknown): void =>
    void frames.push(encodeEvent('contentBlockDelta', { contentBlockIndex: block, delta: value, p: 'abcdefgh' }));
  const stop = (): void => {
    frames.push(encodeEvent('contentBlockStop', { contentBlockIndex: block }));
    block += 1;
  };
  if (answer.reasoning !== null) {
    delta({ reasoningContent: { text: answer.reasoning } });
    delta({ reasoningContent: { signature: fakeSignature } });
    stop();
  }
  if (answer.chunks.length > 0) {
    for (const text of answer.chunks) delta({ text });
    stop();
  }
  for (const call of answer.toolCalls) {
    const half = Math.ceil(call.arguments.length / 2);
    frames.push(
      encodeEvent('contentBlockStart', { contentBlockIndex: block, start: { toolUse: { toolUseId: call.id, name: call.name } } }),
    );
    delta({ toolUse: { input: call.arguments.slice(0, half) } });
    delta({ toolUse: { input: call.arguments.slice(half) } });
    stop();
  }
  if (answer.finishReason !== null) frames.push(encodeEvent('messageStop', { stopReason: stopReasonOf(answer) }));
  if (answer.usage !== null) frames.push(encodeEvent('metadata', { usage: usageOf(answer), metrics: { latencyMs: 12 } }));
  return frames;
}

export function encodeEvent(name: string, payload: unknown): Uint8Array {
  return encodeFrame({ ':message-type': 'event', ':event-type': name, ':content-type': 'application/json' }, payload);
}

/** An exception in mid-stream, such as `throttlingException`. */
export function encodeException(name: string, message: string): Uint8Array {
  return encodeFrame({ ':message-type': 'exception', ':exception-type': name, ':content-type': 'application/json' }, { message });
}

function encodeFrame(headers: Readonly<Record<string, string>>, payload: unknown): Uint8Array {
  return codec.encode({
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { type: 'string' as const, value }])),
    body: Buffer.from(JSON.stringify(payload)),
  });
}

function stopReasonOf(answer: PlannedAnswer): string {
  return stopReasons[answer.finishReason ?? ''] ?? answer.finishReason ?? 'end_turn';
}

function usageOf(answer: PlannedAnswer): unknown {
  const { promptTokens, completionTokens } = answer;
  return answer.usage ?? { inputTokens: promptTokens, outputTokens: completionTokens, totalTokens: promptTokens + completionTokens };
}
