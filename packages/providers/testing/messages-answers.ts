import type { PlannedAnswer } from './chat-script.ts';
import { signature } from './check-messages-body.ts';

type Fields = Record<string, unknown>;

const stopReasons: Readonly<Record<string, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'refusal',
};

/** A whole message in Anthropic's dialect. */
export function toMessage(model: string, answer: PlannedAnswer): Fields {
  const text = answer.chunks.join('');
  return {
    ...head(model),
    content: [
      ...(answer.reasoning === null ? [] : [{ type: 'thinking', thinking: answer.reasoning, signature }]),
      ...(text === '' ? [] : [{ type: 'text', text, citations: null }]),
      ...answer.toolCalls.map((call) => ({ type: 'tool_use', id: call.id, name: call.name, input: JSON.parse(call.arguments) })),
    ],
    stop_reason: stopReasonOf(answer),
    ...(answer.usage === null ? {} : { usage: usageOf(answer) }),
  };
}

/** The same as the events of a stream, with the pings that come in between. */
export function toMessageEvents(model: string, answer: PlannedAnswer): Fields[] {
  const { input_tokens, server_tool_use, ...rest } = usageOf(answer);
  const started = {
    ...rest,
    input_tokens,
    output_tokens: 1,
    ...(server_tool_use !== undefined && { server_tool_use: { web_search_requests: 0 } }),
  };
  const usage = answer.usage === null ? {} : { usage: started };
  const events: Fields[] = [{ type: 'message_start', message: { ...head(model), content: [], stop_reason: null, ...usage } }];
  let index = 0;
  const block = (content: Fields, deltas: readonly Fields[]): void => {
    events.push({ type: 'content_block_start', index, content_block: content });
    events.push(...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })), { type: 'content_block_stop', index });
    index += 1;
  };
  if (answer.reasoning !== null) {
    const deltas = [
      { type: 'thinking_delta', thinking: answer.reasoning },
      { type: 'signature_delta', signature },
    ];
    block({ type: 'thinking', thinking: '', signature: '' }, deltas);
  }
  events.push({ type: 'ping' });
  if (answer.chunks.length > 0)
    block(
      { type: 'text', text: '' },
      answer.chunks.map((text) => ({ type: 'text_delta', text })),
    );
  for (const call of answer.toolCalls) {
    const half = Math.ceil(call.arguments.length / 2);
    const pieces = call.arguments === '{}' ? [''] : ['', call.arguments.slice(0, half), call.arguments.slice(half)];
    block(
      { type: 'tool_use', id: call.id, name: call.name, input: {} },
      pieces.map((text) => ({ type: 'input_json_delta', partial_json: text })),
    );
  }
  if (answer.finishReason === null) return events;
  const delta = { stop_reason: stopReasonOf(answer), stop_sequence: null };
  const told =
    answer.usage === null
      ? {}
      : { usage: { output_tokens: rest.output_tokens, ...(server_tool_use !== undefined && { server_tool_use }) } };
  return [...events, { type: 'message_delta', delta, ...told }, { type: 'message_stop' }];
}

/** Server-sent events as Anthropic names them: by the type of the data. */
export function encodeMessageEvent(event: Fields): string {
  return `event: ${String(event.type)}\ndata: ${JSON.stringify(event)}\n\n`;
}

function head(model: string): Fields {
  return { id: 'msg_fake', type: 'message', role: 'assistant', model, stop_sequence: null };
}

function stopReasonOf(answer: PlannedAnswer): string {
  return stopReasons[answer.finishReason ?? ''] ?? answer.finishReason ?? 'end_turn';
}

function usageOf(answer: PlannedAnswer): Fields {
  return {
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    ...(answer.usage ?? { input_tokens: answer.promptTokens, output_tokens: answer.completionTokens }),
  };
}
