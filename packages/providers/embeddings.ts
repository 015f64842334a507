import { PipelinesError, type TokenUsage } from '@pipelines/contracts';
import type { NativeAnswer, NativeCall, StreamObserver } from './adapter.ts';
import { count } from './read-usage.ts';

/** What an embeddings request asks for. */
export interface AskedEmbeddings {
  readonly texts: readonly string[];
  readonly dimensions: number | null;
  readonly base64: boolean;
}

/** Reads the texts of a request, for a wire that takes nothing else. @throws PipelinesError `unsupported_parameter` */
export function readAskedEmbeddings({ body }: NativeCall, providerName: string): AskedEmbeddings {
  const { input, dimensions, encoding_format: format } = body.value;
  const texts = Array.isArray(input) ? input : [input];
  if (!texts.every((text) => typeof text === 'string')) {
    throw new PipelinesError('unsupported_parameter', {
      detail: `${providerName} embeds texts, and no lists of tokens.`,
      fix: 'Send the input as a text or a list of texts.',
      param: 'input',
    });
  }
  return { texts, dimensions: typeof dimensions === 'number' ? dimensions : null, base64: format === 'base64' };
}

/** The answer in OpenAI's words. A provider that tells no counts gives no usage. */
export function toEmbeddings(
  vectors: readonly (readonly number[])[],
  { model, base64, promptTokens }: { readonly model: string; readonly base64: boolean; readonly promptTokens: number | null },
): NativeAnswer {
  const printedUsage = promptTokens === null ? null : { prompt_tokens: promptTokens, total_tokens: promptTokens };
  const data = vectors.map((vector, index) => ({ object: 'embedding', index, embedding: base64 ? encode(vector) : vector }));
  return {
    printedUsage,
    usage: readEmbeddingsUsage(printedUsage),
    finishReason: null,
    rewritten: { object: 'list', data, model, ...(printedUsage !== null && { usage: printedUsage }) },
  };
}

/** All tokens of an embedding are those of its prompt. */
export function readEmbeddingsUsage(value: unknown): TokenUsage | null {
  const promptTokens = count((value as { readonly prompt_tokens?: unknown } | null | undefined)?.prompt_tokens);
  if (promptTokens === null) return null;
  return { promptTokens, completionTokens: 0, cachedTokens: null, cacheWriteTokens: null, reasoningTokens: null, providerCost: null };
}

/** Vectors of numbers, as a provider's answer must hold them; null for anything else. */
export function readVectors(value: unknown): readonly (readonly number[])[] | null {
  const isVector = (vector: unknown) => Array.isArray(vector) && vector.length > 0 && vector.every((part) => typeof part === 'number');
  return Array.isArray(value) && value.length > 0 && value.every(isVector) ? value : null;
}

/** Nobody streams embeddings. */
export function observeNothing(): StreamObserver {
  throw new TypeError('Embeddings are not streamed.');
}

/** 32-bit floats, the lowest byte first. */
function encode(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [index, part] of vector.entries()) bytes.writeFloatLE(part, index * 4);
  return bytes.toString('base64');
}
