import type { AdapterTarget, NativeAnswer, NativeCall, NativeWire, PreparedRequest, RawResponse } from '../adapter.ts';
import { observeNothing, readAskedEmbeddings, readEmbeddingsUsage, readVectors, toEmbeddings } from '../embeddings.ts';
import { count } from '../read-usage.ts';
import { parseAnswerObject } from '../translated-answer.ts';
import { UpstreamError } from '../upstream-error.ts';
import { modelPath } from './model-path.ts';

/** OpenAI's embeddings as a batch of Gemini's. */
export const geminiEmbeddings: NativeWire = {
  prepare: prepareBatch,
  readAnswer: readBatch,
  observe: observeNothing,
  createCounter: () => readEmbeddingsUsage,
};

function prepareBatch(call: NativeCall): PreparedRequest {
  const { target } = call;
  const { texts, dimensions } = readAskedEmbeddings(call, 'Gemini');
  const model = modelPath(target.providerModelId);
  const requests = texts.map((text) => ({
    model,
    content: { parts: [{ text }] },
    ...(dimensions !== null && { outputDimensionality: dimensions }),
  }));
  return {
    method: 'POST',
    url: `${target.baseUrl}/${model}:batchEmbedContents`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: Buffer.from(JSON.stringify({ requests })),
    auth: target.authScheme,
    region: null,
    changes: [],
  };
}

function readBatch(response: RawResponse, target: AdapterTarget, call: NativeCall): NativeAnswer {
  const { embeddings, usageMetadata } = parseAnswerObject(response);
  const vectors = readVectors(Array.isArray(embeddings) ? embeddings.map((embedding) => embedding?.values) : null);
  if (vectors === null) throw new UpstreamError('not_openai_shape', { status: response.status, detail: 'shape' });
  const promptTokens = count((usageMetadata as { promptTokenCount?: unknown } | undefined)?.promptTokenCount);
  return toEmbeddings(vectors, { model: target.providerModelId, base64: call.body.value.encoding_format === 'base64', promptTokens });
}
