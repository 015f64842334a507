import type { AttemptEnd, AttemptStart } from '@pipelines/contracts';

/** A call of a model that costs 0.000001 USD a prompt token and 0.000002 an answer token. */
export function startOf(organizationId: string, more: Partial<AttemptStart> = {}): AttemptStart {
  return {
    organizationId,
    requestId: 'req_1',
    source: 'gateway',
    slug: 'acme-llama',
    kind: 'custom',
    provider: 'openai-compatible',
    providerModelId: 'llama-3',
    credentialId: null,
    apiKeyId: null,
    memberId: null,
    stream: false,
    prices: { input: '0.000001', output: '0.000002', cacheRead: null, cacheWrite: null },
    ...more,
  };
}

/** A good answer of 100 prompt tokens and 50 answer tokens: 0.0002 USD. */
export function endOf(more: Partial<AttemptEnd> = {}): AttemptEnd {
  return {
    status: 'succeeded',
    httpStatus: 200,
    cause: null,
    finishReason: 'stop',
    usage: {
      promptTokens: 100,
      completionTokens: 50,
      cachedTokens: null,
      cacheWriteTokens: null,
      reasoningTokens: null,
      providerCost: null,
    },
    latencyMs: 120.4,
    firstByteMs: 40.2,
    ...more,
  };
}
