import type { Ask } from './ask-model.ts';
import { type Judged, judged, judgeError, wasCut } from './judge.ts';
import { answerTokens, type Nonce } from './nonce.ts';

/** A schema with one legal value, which the prompt does not tell: whoever answers with it has followed the schema. */
export async function checkJsonMode(ask: Ask, nonce: Nonce): Promise<Judged> {
  const code = nonce();
  const schema = {
    type: 'object',
    properties: { code: { type: 'string', enum: [code] } },
    required: ['code'],
    additionalProperties: false,
  };
  const asked = await ask({
    messages: [{ role: 'user', content: 'Describe the sea in one short sentence, as JSON.' }],
    response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
    max_tokens: answerTokens,
  });
  const failed = judgeError('json_mode', asked);
  if (failed) return failed;
  if (readCode(asked.text) === code) return judged('json_mode', 'works', 'It answered with the one value that the schema allows.', [asked]);
  if (wasCut(asked)) return judged('json_mode', 'unclear', 'Its answer was cut off before it could show it.', [asked]);
  return judged('json_mode', 'ignored', 'It answered, and not as the schema says.', [asked]);
}

function readCode(text: string): unknown {
  try {
    return (JSON.parse(text) as { code?: unknown } | null)?.code;
  } catch {
    return undefined;
  }
}
