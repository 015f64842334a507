import type { TokenCounting } from '../adapter.ts';
import { readTokenCount } from '../read-token-count.ts';
import { modelPath } from './model-path.ts';
import { toGenerate } from './to-generate.ts';

/** Gemini's `countTokens`, of the whole request: with its system text and its tools. */
export const generateCounting: TokenCounting = {
  prepare({ target, chat }) {
    const { body, changes } = toGenerate(chat.value, target);
    const model = modelPath(target.providerModelId);
    return {
      method: 'POST',
      url: `${target.baseUrl}/${model}:countTokens`,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: Buffer.from(JSON.stringify({ generateContentRequest: { model, ...body } })),
      auth: target.authScheme,
      region: null,
      changes,
    };
  },
  read: (response) => ({ input_tokens: readTokenCount(response, 'totalTokens').tokens }),
};
