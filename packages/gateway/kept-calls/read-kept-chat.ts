import type { ChatCompletion } from '@pipelines/contracts';
import { readCompletion } from '../read-completion.ts';
import { StreamingSink } from '../streaming-sink.ts';
import type { KeptAnswer } from './kept-answer.ts';

/** An answer of chat completions, streamed or whole. @throws for what is none, or broke off */
export function readKeptChat(text: string): KeptAnswer {
  const { text: said, toolCalls } = readCompletion(text.trimStart().startsWith('{') ? (JSON.parse(text) as ChatCompletion) : gather(text));
  return { text: said, toolCalls: toolCalls.map(({ function: { name, arguments: given } }) => ({ name, arguments: given })) };
}

function gather(stream: string): ChatCompletion {
  const sink = new StreamingSink(new AbortController().signal, () => undefined);
  sink.end(Buffer.from(stream));
  const { completion } = sink;
  if (sink.broke || completion.choices[0]?.finish_reason === null) throw new TypeError('Not a whole answer.');
  return completion;
}
