import type { ChatCompletion } from '@pipelines/contracts';
import { readCompletion } from './read-completion.ts';
import { StreamingSink } from './streaming-sink.ts';

/** What a model said, without how. */
export interface KeptAnswer {
  readonly text: string;
  readonly toolCalls: readonly { readonly name: string; readonly arguments: string }[];
}

/** Reads an answer as a caller got it, streamed or whole. Null where it is no whole answer of a chat. */
export function readKeptAnswer(text: string): KeptAnswer | null {
  try {
    const { text: said, toolCalls } = readCompletion(
      text.trimStart().startsWith('{') ? (JSON.parse(text) as ChatCompletion) : gather(text),
    );
    return { text: said, toolCalls: toolCalls.map(({ function: { name, arguments: given } }) => ({ name, arguments: given })) };
  } catch {
    // Another dialect, or a stream that broke off.
    return null;
  }
}

function gather(stream: string): ChatCompletion {
  const sink = new StreamingSink(new AbortController().signal, () => undefined);
  sink.end(Buffer.from(stream));
  const { completion } = sink;
  if (sink.broke || completion.choices[0]?.finish_reason === null) throw new TypeError('Not a whole answer.');
  return completion;
}
