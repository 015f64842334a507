import type { AskedChat } from './chat-script.ts';
import { countPrompt } from './chat-script.ts';
import { fields, list } from './fields.ts';

/** What a Converse request asks for. */
export function readAskedConverse(value: unknown, model: string, stream: boolean): AskedChat {
  const body = fields(value);
  const blocks = list(body.messages)
    .flatMap((message) => list(fields(message).content))
    .map(fields);
  const config = fields(body.toolConfig);
  const tools = list(config.tools).map((tool) => String(fields(fields(tool).toolSpec).name));
  const choice = fields(config.toolChoice);
  const named = fields(choice.tool).name;
  const limit = fields(body.inferenceConfig).maxTokens;
  const schema = fields(fields(fields(fields(body.outputConfig).textFormat).structure).jsonSchema).schema;
  const extra = fields(body.additionalModelRequestFields);
  const last = fields(list(body.messages).at(-1));
  const texts = [...list(body.system).map(fields), ...blocks].map((block) => String(block.text ?? ''));
  return {
    model,
    stream,
    askedUsage: true,
    limit: typeof limit === 'number' ? limit : null,
    thinks: extra.thinking !== undefined || extra.reasoning_effort !== undefined || fields(body.outputConfig).effort !== undefined,
    json: typeof schema === 'string' ? fields(JSON.parse(schema)) : 'none',
    tools,
    forcedTool: typeof named === 'string' ? named : choice.any === undefined ? null : (tools[0] ?? null),
    lastText: list(last.content)
      .map((block) => String(fields(block).text ?? ''))
      .join(''),
    promptTokens: countPrompt(texts),
    images: blocks.filter((block) => block.image !== undefined).length,
  };
}
