import type { AdapterTarget, NativeAnswer, NativeCall, NativeWire, RawResponse } from '../adapter.ts';
import { editJsonBody } from '../edit-json-body.ts';
import { observeNothing, readEmbeddingsUsage } from '../embeddings.ts';
import { parseAnswerObject } from '../translated-answer.ts';
import { UpstreamError } from '../upstream-error.ts';
import { classifyInBandError } from './classify-error.ts';

/** Embeddings as OpenAI and most others take them: the caller's bytes with the model's own name. */
export const openaiEmbeddings: NativeWire = {
  prepare: ({ target, body }: NativeCall) => ({
    method: 'POST',
    url: `${target.baseUrl}/embeddings`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: editJsonBody(body, { set: { model: target.providerModelId }, remove: [] }),
    auth: target.authScheme,
    region: null,
    changes: [],
  }),
  readAnswer,
  observe: observeNothing,
  createCounter: () => readEmbeddingsUsage,
};

function readAnswer(response: RawResponse, target: AdapterTarget): NativeAnswer {
  const answer = parseAnswerObject(response);
  if (answer.error != null) throw classifyInBandError(answer, target.quirks);
  const { data, usage } = answer;
  const isList =
    Array.isArray(data) && data.length > 0 && data.every((entry) => (entry as { embedding?: unknown } | null)?.embedding != null);
  if (!isList) throw new UpstreamError('not_openai_shape', { status: response.status, detail: 'shape' });
  return { printedUsage: usage, usage: readEmbeddingsUsage(usage), finishReason: null };
}
