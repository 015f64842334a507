import type { ReasoningDetail } from '@pipelines/contracts';

/** Adds a piece to the thoughts so far. A thought comes in pieces, its signature last: they are one. */
export function joinThought(thoughts: ReasoningDetail[], piece: ReasoningDetail): void {
  const last = thoughts.at(-1);
  if (last?.type !== 'reasoning.text' || piece.type !== 'reasoning.text' || last.index !== piece.index) thoughts.push(piece);
  else thoughts[thoughts.length - 1] = { ...last, ...piece, text: `${last.text ?? ''}${piece.text ?? ''}` };
}
