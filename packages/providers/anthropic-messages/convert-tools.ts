import type { ChatRequest, ChatTool } from '@pipelines/contracts';
import { cacheMark } from './content-blocks.ts';
import type { Tool, ToolChoice } from './messages-types.ts';

export interface ConvertedTools {
  readonly tools?: readonly Tool[];
  readonly tool_choice?: ToolChoice;
}

/** The tools as they are declared there, and which of them may or must be called. */
export function convertTools(request: ChatRequest): ConvertedTools {
  const tools = (request.tools ?? []).map(toTool);
  if (tools.length === 0) return {};
  const choice = convertChoice(request);
  return { tools, ...(choice === null ? {} : { tool_choice: choice }) };
}

/** True where the model is made to call a tool: it then may not think before. */
export function forcesTool(request: ChatRequest): boolean {
  return (
    (request.tools ?? []).length > 0 &&
    (request.tool_choice === 'required' || typeof request.tool_choice === 'object') &&
    request.tool_choice !== null
  );
}

function toTool(tool: ChatTool): Tool {
  const { name, description, parameters, strict } = tool.function;
  return {
    name,
    ...(description ? { description } : {}),
    input_schema: { type: 'object', ...(parameters ?? { properties: {} }) },
    ...(strict === true ? { strict } : {}),
    ...cacheMark(tool),
  };
}

function convertChoice({ tool_choice: choice, parallel_tool_calls: parallel }: ChatRequest): ToolChoice | null {
  if (choice === 'none') return { type: 'none' };
  const alone = parallel === false ? ({ disable_parallel_tool_use: true } as const) : {};
  if (choice === 'required') return { type: 'any', ...alone };
  if (typeof choice === 'object' && choice !== null) return { type: 'tool', name: choice.function.name, ...alone };
  return choice === 'auto' || parallel === false ? { type: 'auto', ...alone } : null;
}
