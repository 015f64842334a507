import { type ChatRequest, PipelinesError } from '@pipelines/contracts';
import { parseJsonBody } from '@pipelines/providers';
import { encodeSseError, keepAliveComment } from '../../encode-sse.ts';
import { wrongField } from '../../field-errors.ts';
import { toOpenAiError } from '../../openai-error.ts';
import { refuseRoutingFields } from '../../refuse-routing-fields.ts';
import { composeChat } from '../compose-chat.ts';
import type { Dialect } from '../dialect.ts';
import type { Fields } from '../request-fields.ts';

/** OpenAI's embeddings. A chat stands for the request where it is only measured: its messages are what is embedded. */
export const embeddingsDialect: Dialect = {
  task: 'embeddings',
  read(bytes) {
    const body = parseJsonBody<Fields>(bytes);
    refuseRoutingFields(body.value);
    checkFields(body.value);
    return {
      dialect: embeddingsDialect,
      chat: composeChat(toChat(body.value)),
      native: { dialect: 'embeddings', body, headers: {}, lost: [], untranslatable: cannotEmbed() },
      translate: (sink) => sink,
    };
  },
  errorBody: toOpenAiError,
  encodeStreamError: encodeSseError,
  keepAlive: keepAliveComment,
};

const maxInputs = 2_048;
const isToken = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isInput = (value: unknown) =>
  (typeof value === 'string' && value !== '') || (Array.isArray(value) && value.length > 0 && value.every(isToken));

function checkFields({ model, input, dimensions, encoding_format: format, stream }: Fields): void {
  if (typeof model !== 'string' || model === '' || model.length > 300) throw wrongField('model', 'the slug of a model');
  const isList = Array.isArray(input) && input.length > 0 && (input.every(isToken) || (input.length <= maxInputs && input.every(isInput)));
  if (!isInput(input) && !isList)
    throw wrongField('input', `a text, a list of tokens, or a list of up to ${maxInputs} of them, none empty`);
  if (dimensions != null && !(Number.isSafeInteger(dimensions) && (dimensions as number) > 0))
    throw wrongField('dimensions', 'a positive integer');
  if (format != null && format !== 'float' && format !== 'base64') throw wrongField('encoding_format', 'float or base64');
  if (stream != null && stream !== false) throw wrongField('stream', 'left out: embeddings are not streamed');
}

function toChat({ model, input }: Fields): ChatRequest {
  const content = typeof input === 'string' ? input : JSON.stringify(input);
  return { model: model as string, messages: [{ role: 'user', content }], max_tokens: 0 };
}

function cannotEmbed(): PipelinesError {
  return new PipelinesError('unsupported_parameter', {
    detail: 'The provider of this model has no embeddings.',
    fix: 'Use a model of another provider.',
    param: 'model',
  });
}
