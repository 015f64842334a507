import { z } from 'zod';
import { ApiError } from './api-error.ts';

const textPart = z.object({ type: z.literal('text'), text: z.string() });

const toolCall = z.object({ function: z.object({ name: z.string(), arguments: z.string() }) });

const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.union([z.string(), z.array(textPart)]).nullish(),
  tool_calls: z.array(toolCall).nullish(),
});

const schemaObject = z.record(z.string(), z.unknown());

const tool = z.object({
  type: z.literal('function'),
  function: z.object({ name: z.string().min(1), parameters: schemaObject.default({ type: 'object', properties: {} }) }),
});

const toolChoice = z.union([
  z.enum(['auto', 'none', 'required']),
  z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) }),
]);

const responseFormat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('json_object') }),
  z.object({ type: z.literal('json_schema'), json_schema: z.object({ schema: schemaObject }) }),
]);

const tokenCount = z.int().min(1);

const chatRequest = z.object({
  model: z.string(),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: tokenCount.nullish(),
  max_completion_tokens: tokenCount.nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  seed: z.int().min(0).nullish(),
  n: z.literal(1, 'this model gives one answer at a time').nullish(),
  stop: z.union([z.string().min(1), z.array(z.string().min(1)).max(4)]).nullish(),
  response_format: responseFormat.nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: toolChoice.nullish(),
});

/** What a client asked for: OpenAI's chat completion request, the part of it that this model can follow. */
export type ChatRequest = z.infer<typeof chatRequest>;
export type ChatMessage = z.infer<typeof message>;
export type ChatTool = z.infer<typeof tool>;

/** Reads a request body. Unknown fields are ignored; anything else that is wrong is a 400 `ApiError` naming the field. */
export function readChatRequest(body: string): ChatRequest {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new ApiError(400, 'The request body is not valid JSON.');
  }
  const result = chatRequest.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const param = issue?.path.join('.') || undefined;
  throw new ApiError(400, `Invalid request${param ? `, ${param}` : ''}: ${issue?.message ?? 'wrong shape'}`, param ? { param } : {});
}
