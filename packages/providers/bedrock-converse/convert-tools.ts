import type { ChatRequest, ChatTool } from '@pipelines/contracts';
import type { Changes } from '../changes.ts';
import type { ToolConfig, ToolSpec } from './converse-types.ts';

/** The tools, and those that earlier turns have called: Converse refuses a tool block without a declaration. */
export function convertTools(request: ChatRequest, usedTools: ReadonlySet<string>, changes: Changes): ToolConfig | null {
  const offered = request.tools ?? [];
  const choice = request.tool_choice ?? null;
  if (choice === 'none' && usedTools.size === 0) return null;
  const names = new Set(offered.map((tool) => tool.function.name));
  const tools = [...offered.map(toSpec), ...[...usedTools].filter((name) => !names.has(name)).map(declareUsed)];
  if (tools.length === 0) return null;
  if (choice === 'none') changes.note('tool_choice', 'none cannot be sent after earlier tool calls');
  const toolChoice = convertChoice(choice);
  return { tools, ...(toolChoice === null ? {} : { toolChoice }) };
}

function toSpec(tool: ChatTool): ToolSpec {
  const { name, description, parameters, strict } = tool.function;
  return {
    toolSpec: {
      name,
      ...(description ? { description } : {}),
      inputSchema: { json: parameters ?? { type: 'object', properties: {} } },
      ...(strict === true ? { strict } : {}),
    },
  };
}

function declareUsed(name: string): ToolSpec {
  return { toolSpec: { name, inputSchema: { json: { type: 'object' } } } };
}

function convertChoice(choice: ChatRequest['tool_choice']): ToolConfig['toolChoice'] | null {
  if (choice === 'auto') return { auto: {} };
  if (choice === 'required') return { any: {} };
  if (typeof choice === 'object' && choice !== null) return { tool: { name: choice.function.name } };
  return null;
}
