import type { AskedChat } from './chat-script.ts';
import { countPrompt } from './chat-script.ts';
import { type Fields, fields, list } from './fields.ts';
import type { OpenAiDialect } from './openai-dialects.ts';

/** What a request of the OpenAI wire asks for, as this kind of server understands it. */
export function readAskedChat(value: unknown, dialect: OpenAiDialect): AskedChat {
  const body = fields(value);
  const messages = list(body.messages).map(fields);
  const tools = list(body.tools).map((tool) => String(fields(fields(tool).function).name));
  const choice = body.tool_choice;
  const named = fields(fields(choice).function).name;
  const texts = messages.map(textOf);
  return {
    model: String(body.model),
    stream: body.stream === true,
    askedUsage: fields(body.stream_options).include_usage === true,
    limit: dialect.maxTokensFields.map((name) => body[name]).find((limit) => typeof limit === 'number') ?? null,
    thinks: dialect.thinks(body),
    json: readFormat(body.response_format),
    tools: choice === 'none' ? [] : tools,
    forcedTool: typeof named === 'string' ? named : choice === 'required' ? (tools[0] ?? null) : null,
    lastText: texts.at(-1) ?? '',
    promptTokens: countPrompt(texts),
    images: messages.flatMap((message) => list(message.content)).filter((part) => fields(part).type === 'image_url').length,
  };
}

function readFormat(value: unknown): AskedChat['json'] {
  const format = fields(value);
  if (format.type === 'json_object') return 'object';
  return format.type === 'json_schema' ? fields(fields(format.json_schema).schema) : 'none';
}

function textOf(message: Fields): string {
  if (typeof message.content === 'string') return message.content;
  return list(message.content)
    .map((part) => String(fields(part).text ?? ''))
    .join('');
}
