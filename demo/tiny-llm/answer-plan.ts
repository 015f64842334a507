import { ApiError } from './api-error.ts';
import type { ChatRequest, ChatTool } from './chat-request.ts';

/** What an answer must look like: free text, JSON under a grammar, or the arguments of one tool. */
export interface AnswerPlan {
  /** The grammar that holds the tokens: a JSON schema, any JSON, or none. */
  grammar: { kind: 'schema'; schema: Record<string, unknown> } | { kind: 'any-json' } | null;
  /** The tool whose arguments the answer is, when the caller left the model no choice. */
  forcedTool: ChatTool | null;
  /** Names the model may call of its own accord; empty when it was told not to. */
  callableTools: ReadonlySet<string>;
  /** Texts that end the answer and are not part of it. */
  stops: readonly string[];
}

/** Decides, before any token, what shape the answer to `request` has. */
export function planAnswer(request: ChatRequest): AnswerPlan {
  const forcedTool = chooseForcedTool(request);
  const callable = forcedTool || request.tool_choice === 'none' ? [] : (request.tools ?? []);
  return {
    grammar: forcedTool ? { kind: 'schema', schema: forcedTool.function.parameters } : readResponseFormat(request),
    forcedTool,
    callableTools: new Set(callable.map((tool) => tool.function.name)),
    stops: [request.stop ?? []].flat(),
  };
}

function readResponseFormat(request: ChatRequest): AnswerPlan['grammar'] {
  const format = request.response_format;
  if (format?.type === 'json_schema') return { kind: 'schema', schema: format.json_schema.schema };
  return format?.type === 'json_object' ? { kind: 'any-json' } : null;
}

function chooseForcedTool(request: ChatRequest): ChatTool | null {
  const choice = request.tool_choice;
  if (!choice || choice === 'auto' || choice === 'none') return null;
  const tools = request.tools ?? [];
  const tool = choice === 'required' ? tools[0] : tools.find((candidate) => candidate.function.name === choice.function.name);
  if (!tool) throw new ApiError(400, 'tool_choice names a tool that is not in tools.', { param: 'tool_choice' });
  return tool;
}
