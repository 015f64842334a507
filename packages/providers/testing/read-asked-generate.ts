import { type AskedChat, countPrompt } from './chat-script.ts';
import { type Fields, fields, items, list } from './fields.ts';

/** What a request to generate content asks for. */
export function readAskedGenerate(value: unknown, model: string, stream: boolean): AskedChat {
  const body = fields(value);
  const contents = items(body.contents);
  const parts = contents.flatMap((content) => items(content.parts));
  const tools = items(body.tools).flatMap((tool) => items(tool.functionDeclarations).map(({ name }) => String(name)));
  const choice = fields(fields(body.toolConfig).functionCallingConfig);
  const config = fields(body.generationConfig);
  const system = items(fields(body.systemInstruction).parts);
  return {
    model,
    stream,
    askedUsage: true,
    limit: typeof config.maxOutputTokens === 'number' ? config.maxOutputTokens : null,
    thinks: fields(config.thinkingConfig).includeThoughts === true,
    json: readFormat(config),
    tools: choice.mode === 'NONE' ? [] : tools,
    forcedTool: choice.mode === 'ANY' ? String(list(choice.allowedFunctionNames)[0] ?? tools[0]) : null,
    lastText: items(contents.at(-1)?.parts).map(textOf).join(''),
    promptTokens: countPrompt([...system, ...parts].map(textOf)),
    images: parts.filter((part) => part.inlineData !== undefined || part.fileData !== undefined).length,
  };
}

function readFormat(config: Fields): AskedChat['json'] {
  if (config.responseMimeType !== 'application/json') return 'none';
  return config.responseJsonSchema === undefined ? 'object' : fields(config.responseJsonSchema);
}

function textOf(part: Fields): string {
  return String(part.text ?? '');
}
