import { randomInt } from 'node:crypto';

/** Gives a word that nobody can guess. */
export type Nonce = () => string;

const letters = 'abcdefghijkmnpqrstuvwxyz';

export const randomWord: Nonce = () => Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');

export function randomDigits(count: number): string {
  return Array.from({ length: count }, () => String(randomInt(10))).join('');
}

/** Room for a model that thinks before it answers, and little enough to cost next to nothing. */
export const answerTokens = 1_000;
