import type { TokenCounting } from '../adapter.ts';
import { toPathSegment } from '../path-segment.ts';
import { readTokenCount } from '../read-token-count.ts';
import { toConverse } from './to-converse.ts';

/** Bedrock's `CountTokens`, of what a Converse request has of a prompt. */
export const converseCounting: TokenCounting = {
  prepare({ target, chat }) {
    const { body, changes } = toConverse(chat.value, target);
    const { messages, system, toolConfig, additionalModelRequestFields } = body;
    const converse = { messages, system, toolConfig, additionalModelRequestFields };
    return {
      method: 'POST',
      url: `${target.baseUrl}/model/${toPathSegment(foundationModelOf(target.providerModelId))}/count-tokens`,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: Buffer.from(JSON.stringify({ input: { converse } })),
      auth: target.authScheme,
      region: target.region,
      changes,
    };
  },
  read: (response) => ({ input_tokens: readTokenCount(response, 'inputTokens').tokens }),
};

/** Only the model itself counts, and no profile of a geography that it is called by. */
function foundationModelOf(providerModelId: string): string {
  const id = /:inference-profile\/(.+)$/.exec(providerModelId)?.[1] ?? providerModelId;
  return id.replace(/^(?:us|us-gov|eu|apac|jp|au|ca|sa|me|global)\.(?=[a-z0-9-]+\.)/, '');
}
