import type { AdapterTarget, CountCall, PreparedRequest, TokenCounting } from '../adapter.ts';
import { editJsonBody } from '../edit-json-body.ts';
import { readTokenCount } from '../read-token-count.ts';
import { wireHeaders } from './prepare-request.ts';
import { toMessages } from './to-messages.ts';

/** What of a Messages request its prompt is made of: the others are refused where tokens are counted. */
const countedFields = ['messages', 'system', 'tools', 'tool_choice', 'thinking', 'output_config'] as const;

/** Anthropic's `count_tokens`: of the caller's own bytes, but for the name of the model. */
export const messagesCounting: TokenCounting = {
  prepare({ target, chat, native }) {
    const { body, headers, changes } = native === null ? compose(chat, target) : patch(native, target);
    return {
      method: 'POST',
      url: `${target.baseUrl}/messages/count_tokens`,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...wireHeaders, ...headers },
      body,
      auth: target.authScheme,
      region: null,
      changes,
    };
  },
  read(response) {
    const { answer, tokens } = readTokenCount(response, 'input_tokens');
    return { ...answer, input_tokens: tokens };
  },
};

type Composed = Pick<PreparedRequest, 'body' | 'headers' | 'changes'>;

function patch({ body, headers }: NonNullable<CountCall['native']>, target: AdapterTarget): Composed {
  return { body: editJsonBody(body, { set: { model: target.providerModelId }, remove: [] }), headers, changes: [] };
}

function compose({ value }: CountCall['chat'], target: AdapterTarget): Composed {
  const { body, betas, changes } = toMessages(value, target);
  const counted = countedFields.flatMap((field) => (body[field] === undefined ? [] : [[field, body[field]]]));
  return {
    body: Buffer.from(JSON.stringify({ model: target.providerModelId, ...Object.fromEntries(counted) })),
    headers: betas.length > 0 ? { 'anthropic-beta': betas.join(',') } : {},
    // The answer's limit is not sent.
    changes: changes.filter((change) => !change.startsWith('max_tokens:')),
  };
}
