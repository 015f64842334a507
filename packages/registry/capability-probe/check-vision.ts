import type { Ask } from './ask-model.ts';
import { drawDigits } from './draw-digits.ts';
import { type Judged, judged, judgeError, wasCut } from './judge.ts';
import { answerTokens, randomDigits } from './nonce.ts';

const digitCount = 5;

/** Digits drawn in an image: only who sees can read them. */
export async function checkVision(ask: Ask): Promise<Judged> {
  const digits = randomDigits(digitCount);
  const asked = await ask({
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: `Which ${digitCount} digits are in this image? Answer with the digits only.` },
          { type: 'image_url', image_url: { url: drawDigits(digits) } },
        ],
      },
    ],
    max_tokens: answerTokens,
  });
  const failed = judgeError('vision', asked);
  if (failed) return failed;
  if (asked.text.replaceAll(/\D/g, '').includes(digits)) return judged('vision', 'works', 'It read the digits in an image.', [asked]);
  if (wasCut(asked)) return judged('vision', 'unclear', 'Its answer was cut off before it could show it.', [asked]);
  return judged('vision', 'ignored', 'It took the image, and did not see what is in it.', [asked]);
}
