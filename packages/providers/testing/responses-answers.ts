import type { PlannedAnswer } from './chat-script.ts';
import { type Fields, fields, list } from './fields.ts';

type Written = Record<string, unknown>;

/** A Responses request as the chat that it stands for. */
export function toChatBody(value: unknown): Written {
  const { input, tools, text, max_output_tokens: limit, ...rest } = fields(value);
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : list(input).map(fields);
  const format = fields(fields(text).format);
  return {
    ...rest,
    messages: items.map(({ role, content, output }) => ({ role: role ?? 'user', content: toParts(content ?? output ?? '') })),
    max_completion_tokens: limit,
    ...(tools === undefined ? {} : { tools: list(tools).map((tool) => ({ type: 'function', function: tool })) }),
    ...(format.type === 'json_schema' ? { response_format: { type: 'json_schema', json_schema: { schema: format.schema } } } : {}),
    reasoning_effort: fields(rest.reasoning).effort,
  };
}

function toParts(content: unknown): unknown {
  if (typeof content === 'string') return content;
  return list(content).map((part) => ({ ...fields(part), type: fields(part).type === 'input_image' ? 'image_url' : 'text' }));
}

/** A whole response of OpenAI's. */
export function toResponse(model: string, answer: PlannedAnswer, status = 'completed'): Written {
  const usage = {
    input_tokens: answer.promptTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: answer.completionTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: answer.promptTokens + answer.completionTokens,
  };
  return {
    id: 'resp_fake',
    object: 'response',
    created_at: 1_760_000_000,
    status,
    error: null,
    incomplete_details: null,
    model,
    output: status === 'completed' ? toItems(answer) : [],
    store: false,
    usage: status === 'completed' ? usage : null,
  };
}

function toItems(answer: PlannedAnswer): Fields[] {
  const text = answer.chunks.join('');
  return [
    ...(answer.reasoning === null ? [] : [{ id: 'rs_fake', type: 'reasoning', summary: [], encrypted_content: 'gAAAfake' }]),
    ...(text === '' ? [] : [toMessage(text)]),
    ...answer.toolCalls.map((call, index) => ({
      id: `fc_${index}`,
      type: 'function_call',
      status: 'completed',
      call_id: call.id,
      name: call.name,
      arguments: call.arguments,
    })),
  ];
}

function toMessage(text: string): Fields {
  return {
    id: 'msg_fake',
    type: 'message',
    status: 'completed',
    role: 'assistant',
    content: [{ type: 'output_text', text, annotations: [] }],
  };
}

/** The same as the events of a stream. */
export function toResponseEvents(model: string, answer: PlannedAnswer): string[] {
  const events: Written[] = [
    { type: 'response.created', response: toResponse(model, answer, 'in_progress') },
    { type: 'response.in_progress', response: toResponse(model, answer, 'in_progress') },
  ];
  for (const [index, item] of toItems(answer).entries()) {
    const place = { item_id: item.id, output_index: index };
    const text = answer.chunks.join('');
    const part = { type: 'output_text', text: '', annotations: [] };
    if (item.type === 'function_call') {
      events.push({ type: 'response.output_item.added', output_index: index, item: { ...item, arguments: '' } });
      events.push({ type: 'response.function_call_arguments.delta', ...place, delta: item.arguments });
      events.push({ type: 'response.function_call_arguments.done', ...place, arguments: item.arguments });
    } else
      events.push({
        type: 'response.output_item.added',
        output_index: index,
        item: item.type === 'message' ? { ...item, content: [] } : item,
      });
    if (item.type === 'message') {
      events.push({ type: 'response.content_part.added', ...place, content_index: 0, part });
      for (const delta of answer.chunks) events.push({ type: 'response.output_text.delta', ...place, content_index: 0, delta });
      events.push({ type: 'response.output_text.done', ...place, content_index: 0, text });
      events.push({ type: 'response.content_part.done', ...place, content_index: 0, part: { ...part, text } });
    }
    events.push({ type: 'response.output_item.done', output_index: index, item });
  }
  events.push({ type: 'response.completed', response: toResponse(model, answer) });
  return events.map((event, index) => `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: index })}\n\n`);
}
