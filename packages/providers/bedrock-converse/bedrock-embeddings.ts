import { PipelinesError } from '@pipelines/contracts';
import type { AdapterTarget, NativeAnswer, NativeCall, NativeWire, PreparedRequest, RawResponse } from '../adapter.ts';
import {
  type AskedEmbeddings,
  observeNothing,
  readAskedEmbeddings,
  readEmbeddingsUsage,
  readVectors,
  toEmbeddings,
} from '../embeddings.ts';
import { toPathSegment } from '../path-segment.ts';
import { count } from '../read-usage.ts';
import { parseAnswerObject } from '../translated-answer.ts';
import { UpstreamError } from '../upstream-error.ts';

/** OpenAI's embeddings in the words of the makers whose models Bedrock serves. */
export const bedrockEmbeddings: NativeWire = {
  prepare: prepareInvocation,
  readAnswer: readInvocation,
  observe: observeNothing,
  createCounter: () => readEmbeddingsUsage,
};

/** How one family of models is asked; found by its name in the model's ID. */
interface EmbeddingsFamily {
  readonly pattern: RegExp;
  body(asked: AskedEmbeddings): object;
}

const families: readonly EmbeddingsFamily[] = [
  {
    pattern: /titan-embed/,
    body({ texts, dimensions }) {
      if (texts.length !== 1) throw refuse('input', 'Titan embeds one text a call.', 'Send each text by itself.');
      return { inputText: texts[0], ...(dimensions !== null && { dimensions }) };
    },
  },
  {
    pattern: /cohere\.embed/,
    body({ texts, dimensions }) {
      if (texts.length > 96) throw refuse('input', 'Cohere embeds at most 96 texts a call.', 'Send fewer texts at once.');
      return {
        texts,
        input_type: 'search_document',
        ...(dimensions !== null && { output_dimension: dimensions, embedding_types: ['float'] }),
      };
    },
  },
];

function prepareInvocation(call: NativeCall): PreparedRequest {
  const { target } = call;
  const family = families.find(({ pattern }) => pattern.test(target.providerModelId));
  if (family === undefined) {
    throw refuse('model', 'Of the models at Bedrock, those of Titan and Cohere embed texts.', 'Use one of them, or another provider.');
  }
  return {
    method: 'POST',
    url: `${target.baseUrl}/model/${toPathSegment(target.providerModelId)}/invoke`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: Buffer.from(JSON.stringify(family.body(readAskedEmbeddings(call, 'Bedrock')))),
    auth: target.authScheme,
    region: target.region,
    changes: [],
  };
}

/** Titan answers with one vector, Cohere with a list of them, or with one list for each kind of number. */
function readInvocation(response: RawResponse, target: AdapterTarget, call: NativeCall): NativeAnswer {
  const { embedding, embeddings, inputTextTokenCount } = parseAnswerObject(response);
  const listed = Array.isArray(embeddings) ? embeddings : (embeddings as { float?: unknown } | undefined)?.float;
  const vectors = readVectors(embedding === undefined ? listed : [embedding]);
  if (vectors === null) throw new UpstreamError('not_openai_shape', { status: response.status, detail: 'shape' });
  const counted = response.headers['x-amzn-bedrock-input-token-count'];
  const promptTokens = count(inputTextTokenCount) ?? (counted === undefined ? null : count(Number(counted)));
  return toEmbeddings(vectors, { model: target.providerModelId, base64: call.body.value.encoding_format === 'base64', promptTokens });
}

function refuse(param: string, detail: string, fix: string): PipelinesError {
  return new PipelinesError('unsupported_parameter', { detail, fix, param });
}
