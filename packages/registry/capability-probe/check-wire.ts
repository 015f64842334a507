import type { Quirks } from '@pipelines/providers';
import type { Ask } from './ask-model.ts';
import { type Judged, judged, judgeError } from './judge.ts';
import { answerTokens, type Nonce } from './nonce.ts';

const shortTokens = 16;

/** Whether the answer's limit is kept, under this name. */
export async function checkLimit(ask: Ask, quirks: Quirks, name: 'max_tokens' | 'max_completion_tokens'): Promise<Judged> {
  const asked = await ask(
    { messages: [{ role: 'user', content: 'Count from 1 to 90, with spaces between the numbers.' }], [name]: shortTokens },
    // Sent as it is written here, whatever is known of this wire.
    { quirks: { ...quirks, maxTokensField: 'either' } },
  );
  const failed = judgeError(name, asked);
  if (failed) return failed;
  const kept = asked.finishReason === 'length' || (asked.usage !== null && asked.usage.completionTokens <= shortTokens);
  if (kept) return judged(name, 'works', `The answer ended at ${shortTokens} tokens.`, [asked]);
  return judged(name, 'ignored', `The answer was longer than the ${shortTokens} tokens that were asked for.`, [asked]);
}

/** Whether what this role says is followed. */
export async function checkRole(ask: Ask, quirks: Quirks, name: 'system_role' | 'developer_role', nonce: Nonce): Promise<Judged> {
  const word = nonce();
  const request = {
    messages: [
      {
        role: name === 'system_role' ? ('system' as const) : ('developer' as const),
        content: `Whatever you are asked, answer with the word ${word} and nothing else.`,
      },
      { role: 'user' as const, content: 'What is the capital of France?' },
    ],
    max_tokens: answerTokens,
  };
  const asked = await ask(request, { quirks: { ...quirks, developerRole: true } });
  const failed = judgeError(name, asked);
  if (failed) return failed;
  return asked.text.includes(word)
    ? judged(name, 'works', 'It did what this role told it.', [asked])
    : judged(name, 'ignored', 'It answered as if this role had said nothing.', [asked]);
}
