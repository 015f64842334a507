import { geminiFamilyOf } from '../gemini-generate/gemini-families.ts';
import { UNKNOWN_SIGNATURE } from '../gemini-generate/thought-signatures.ts';
import { type Fields, fields, items, list } from './fields.ts';

const topFields = new Set([
  'contents',
  'systemInstruction',
  'generationConfig',
  'tools',
  'toolConfig',
  'safetySettings',
  'cachedContent',
  'serviceTier',
]);
const dataFields = ['text', 'inlineData', 'fileData', 'functionCall', 'functionResponse'];

/** The signature that the fake puts beside its calls and texts, and wants back with them. */
export const geminiSignature = 'Z2VtaW5pLXNpZ25hdHVyZS1vZi10aGUtdGhvdWdodA==';

/** The same where tokens are counted: of contents, or of a whole request, never of both. */
export function checkCountBody(value: unknown, model: string): string | null {
  const { contents, generateContentRequest: request, ...rest } = fields(value);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) return `Invalid JSON payload received. Unknown name "${unknown}": Cannot find field.`;
  if (request === undefined) return checkGenerateBody({ contents }, model);
  if (contents !== undefined) return 'generate_content_request and contents are mutually exclusive.';
  const { model: named, ...body } = fields(request);
  if (named !== `models/${model}`) return '* CountTokensRequest.generate_content_request.model: unexpected model name format';
  return checkGenerateBody(body, model);
}

/** What Gemini refuses with `INVALID_ARGUMENT`; null when it takes the body. */
export function checkGenerateBody(value: unknown, model: string): string | null {
  const body = fields(value);
  const unknown = Object.keys(body).find((key) => !topFields.has(key));
  if (unknown !== undefined) return `Invalid JSON payload received. Unknown name "${unknown}": Cannot find field.`;
  const contents = items(body.contents);
  if (contents.length === 0) return '* GenerateContentRequest.contents: contents is not specified';
  return checkParts(contents) ?? checkCalls(contents) ?? checkSignatures(contents, model) ?? checkConfig(body, model);
}

function checkParts(contents: readonly Fields[]): string | null {
  for (const content of contents) {
    if (content.role !== 'user' && content.role !== 'model') return 'Please use a valid role: user, model.';
    const parts = items(content.parts);
    if (parts.length === 0) return '* GenerateContentRequest.contents: contents.parts must not be empty.';
    for (const part of parts) {
      if (dataFields.filter((field) => part[field] !== undefined).length !== 1) {
        return '* GenerateContentRequest.contents.parts.data: required oneof field must have one initialized field';
      }
      const mime = String(fields(part.inlineData ?? part.fileData).mimeType ?? 'image/png');
      if (!/^image\/(?:png|jpeg|webp|gif)$/.test(mime)) return `Unsupported MIME type: ${mime}`;
    }
  }
  return null;
}

const partsWith = (content: Fields | undefined, field: string): readonly Fields[] =>
  items(content?.parts).flatMap((part) => (part[field] === undefined ? [] : [fields(part[field])]));

/** Calls follow the user, and each is answered in the next turn. */
function checkCalls(contents: readonly Fields[]): string | null {
  for (const [index, content] of contents.entries()) {
    const calls = partsWith(content, 'functionCall');
    const answers = partsWith(contents[index + 1], 'functionResponse');
    if (calls.length > 0 && contents[index - 1]?.role !== 'user') {
      return 'Please ensure that function call turn comes immediately after a user turn or after a function response turn.';
    }
    if (calls.length !== answers.length || answers.some(({ name }, place) => name !== calls[place]?.name)) {
      return 'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.';
    }
    if (answers.some(({ response }) => typeof response !== 'object')) return 'Invalid value at function_response.response';
  }
  return null;
}

function checkSignatures(contents: readonly Fields[], model: string): string | null {
  const signed = contents.flatMap((content) => items(content.parts)).map((part) => part.thoughtSignature);
  if (signed.some((given) => given !== undefined && given !== geminiSignature && given !== UNKNOWN_SIGNATURE))
    return 'Thought signature is not valid.';
  if (!geminiFamilyOf(model).wantsSignatures) return null;
  const turnStart = contents.findLastIndex((content) => partsWith(content, 'functionResponse').length === 0 && content.role === 'user');
  for (const content of contents.slice(turnStart)) {
    const first = items(content.parts).find((part) => part.functionCall !== undefined);
    if (first !== undefined && first.thoughtSignature === undefined) {
      return 'Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance.';
    }
  }
  return null;
}

function checkConfig(body: Fields, model: string): string | null {
  const config = fields(body.generationConfig);
  const { thinkingBudget: budget, thinkingLevel: level } = fields(config.thinkingConfig);
  const { thinking } = geminiFamilyOf(model);
  if (budget !== undefined && level !== undefined) return 'You can only set only one of thinking budget and thinking level.';
  if (config.thinkingConfig !== undefined && thinking.kind === 'none') return 'Thinking is not enabled for this model.';
  if (level !== undefined && thinking.kind !== 'levels') return 'Thinking level is not supported for this model.';
  if (level !== undefined && thinking.kind === 'levels' && !thinking.levels.includes(String(level))) {
    return `Thinking level ${String(level)} is not supported for this model.`;
  }
  if (typeof budget === 'number' && thinking.kind === 'budget' && (budget !== 0 || !thinking.off)) {
    if (budget === 0) return 'Budget 0 is invalid. This model only works in thinking mode.';
    if (budget < thinking.min || budget > thinking.max) return `The thinking budget ${budget} is invalid.`;
  }
  if (list(config.stopSequences).length > 5) return 'The number of stop sequences must be at most 5.';
  const json = config.responseMimeType === 'application/json';
  if (json && body.tools !== undefined && !geminiFamilyOf(model).wantsSignatures) {
    return "Function calling with a response mime type: 'application/json' is unsupported";
  }
  return null;
}
