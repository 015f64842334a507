import type { ChatRequest, ChatTool } from '@pipelines/contracts';
import type { Changes } from '../changes.ts';
import type { FunctionDeclaration, GenerateRequest } from './gemini-types.ts';

/** The tools as declarations, and which of them may or must be called. */
export function convertTools(request: ChatRequest, changes: Changes): Pick<GenerateRequest, 'tools' | 'toolConfig'> {
  const offered = request.tools ?? [];
  if (offered.length === 0) return {};
  if (offered.some((tool) => tool.function.strict === true)) changes.note('tools', 'strict dropped, Gemini has no such parameter');
  const config = convertChoice(request.tool_choice);
  return {
    tools: [{ functionDeclarations: offered.map(toDeclaration) }],
    ...(config === null ? {} : { toolConfig: { functionCallingConfig: config } }),
  };
}

function toDeclaration(tool: ChatTool): FunctionDeclaration {
  const { name, description, parameters } = tool.function;
  return { name, ...(description ? { description } : {}), ...(parameters ? { parametersJsonSchema: parameters } : {}) };
}

type Config = NonNullable<GenerateRequest['toolConfig']>['functionCallingConfig'];

function convertChoice(choice: ChatRequest['tool_choice']): Config | null {
  if (choice === 'auto') return { mode: 'AUTO' };
  if (choice === 'none') return { mode: 'NONE' };
  if (choice === 'required') return { mode: 'ANY' };
  if (typeof choice === 'object' && choice !== null) return { mode: 'ANY', allowedFunctionNames: [choice.function.name] };
  return null;
}
