import type { AskedChat } from './chat-script.ts';
import { countPrompt } from './chat-script.ts';
import { fields, items, list } from './fields.ts';

/** What a request of Anthropic's wire asks for. */
export function readAskedMessages(value: unknown): AskedChat {
  const body = fields(value);
  const messages = items(body.messages);
  const blocks = messages.flatMap(({ content }) => blocksOf(content));
  const choice = fields(body.tool_choice);
  const tools = items(body.tools).map((tool) => String(tool.name));
  const format = fields(fields(body.output_config).format);
  return {
    model: String(body.model),
    stream: body.stream === true,
    askedUsage: true,
    limit: typeof body.max_tokens === 'number' ? body.max_tokens : null,
    thinks: ['enabled', 'adaptive'].includes(String(fields(body.thinking).type)),
    json: format.type === 'json_schema' ? fields(format.schema) : 'none',
    tools: choice.type === 'none' ? [] : tools,
    forcedTool: choice.type === 'tool' ? String(choice.name) : choice.type === 'any' ? (tools[0] ?? null) : null,
    lastText: blocksOf(messages.at(-1)?.content).map(textOf).join(''),
    promptTokens: countPrompt([...blocksOf(body.system), ...blocks].map(textOf)),
    images: blocks.filter((block) => block.type === 'image').length,
  };
}

/** A plain text is shorthand for one block. */
export function blocksOf(content: unknown): readonly ReturnType<typeof fields>[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : list(content).map(fields);
}

function textOf(block: ReturnType<typeof fields>): string {
  return String(block.text ?? '');
}
