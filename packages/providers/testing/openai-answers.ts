import type { AskedChat, PlannedAnswer } from './chat-script.ts';
import type { OpenAiDialect } from './openai-dialects.ts';

type Fields = Record<string, unknown>;

/** A whole chat completion in a server's dialect. */
export function toCompletion(asked: AskedChat, answer: PlannedAnswer, dialect: OpenAiDialect): Fields {
  const text = answer.chunks.join('');
  const calls = answer.toolCalls.map((call) => ({
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: call.arguments },
  }));
  const usage = usageOf(answer, dialect);
  return {
    id: 'chatcmpl-fake',
    object: 'chat.completion',
    created: 1_760_000_000,
    model: asked.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text === '' && calls.length > 0 ? null : text,
          ...thoughtOf(answer.reasoning, dialect),
          ...(calls.length === 0 ? {} : { tool_calls: calls }),
        },
        logprobs: null,
        finish_reason: finishOf(answer, dialect),
      },
    ],
    ...(usage === null ? {} : { usage }),
  };
}

/** The same as a stream's `data` values, `[DONE]` apart. */
export function toChunks(asked: AskedChat, answer: PlannedAnswer, dialect: OpenAiDialect): Fields[] {
  const base = { id: 'chatcmpl-fake', object: 'chat.completion.chunk', created: 1_760_000_000, model: asked.model };
  const chunk = (delta: Fields, finishReason: string | null = null, extra: Fields = {}): Fields => ({
    ...base,
    choices: [{ index: 0, delta, finish_reason: finishReason }],
    ...extra,
  });
  const usage = usageOf(answer, dialect);
  const own = usage !== null && (dialect.usage === 'chunk-always' || (dialect.usage === 'chunk-if-asked' && asked.askedUsage));
  const chunks = [chunk({ role: 'assistant', content: '' })];
  if (answer.reasoning !== null && dialect.reasoningField !== null) chunks.push(chunk(thoughtOf(answer.reasoning, dialect)));
  for (const text of answer.chunks) chunks.push(chunk({ content: text }));
  for (const [index, call] of answer.toolCalls.entries()) {
    const half = Math.ceil(call.arguments.length / 2);
    chunks.push(chunk({ tool_calls: [{ index, id: call.id, type: 'function', function: { name: call.name, arguments: '' } }] }));
    chunks.push(chunk({ tool_calls: [{ index, function: { arguments: call.arguments.slice(0, half) } }] }));
    chunks.push(chunk({ tool_calls: [{ index, function: { arguments: call.arguments.slice(half) } }] }));
  }
  if (answer.finishReason !== null) {
    chunks.push(chunk({}, finishOf(answer, dialect), dialect.usage === 'finish-chunk' && usage !== null ? { usage } : {}));
  }
  if (own) chunks.push({ ...base, choices: [], usage });
  return chunks;
}

function finishOf(answer: PlannedAnswer, dialect: OpenAiDialect): string | null {
  return answer.finishReason === 'stop' ? dialect.stopWord : answer.finishReason;
}

function thoughtOf(reasoning: string | null, dialect: OpenAiDialect): Fields {
  if (reasoning === null || dialect.reasoningField === null) return {};
  return { [dialect.reasoningField]: reasoning };
}

function usageOf(answer: PlannedAnswer, dialect: OpenAiDialect): Fields | null {
  if (answer.usage === null) return null;
  if (answer.usage !== undefined) return { ...answer.usage };
  const { promptTokens, completionTokens } = answer;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    ...(dialect.cost ? { cost: 0.00014, cost_details: { upstream_inference_cost: null }, is_byok: false } : {}),
  };
}
