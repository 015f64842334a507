import type { Model } from '@pipelines/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../../api-client.ts';
import { type ChatSettings, chatBody, type Outcome, type Turn } from './chat-state.ts';
import { type ChatPiece, StreamFailure, streamChat } from './stream-chat.ts';

/** A conversation with a model: ask, watch the answer come, stop it, begin anew. Nothing of it is kept. */
export function useChat() {
  const [turns, setTurns] = useState<readonly Turn[]>([]);
  const [isAnswering, setIsAnswering] = useState(false);
  const controller = useRef<AbortController | null>(null);
  const nextId = useRef(1);
  useEffect(() => () => controller.current?.abort(), []);

  const ask = useCallback(
    async (model: Model, settings: ChatSettings, text: string, images: readonly string[]) => {
      const question: Turn = { id: nextId.current++, role: 'user', text, images, reasoning: '', outcome: null };
      const answer: Turn = { id: nextId.current++, role: 'assistant', text: '', images: [], reasoning: '', outcome: null };
      const history = [...turns, question];
      setTurns([...history, answer]);
      setIsAnswering(true);
      const abort = new AbortController();
      controller.current = abort;
      const progress = createProgress((change) =>
        setTurns((now) => now.map((turn) => (turn.id === answer.id ? { ...turn, ...change } : turn))),
      );
      try {
        await streamChat(chatBody(model, history, settings), abort.signal, progress.take);
        progress.finish('done', null);
      } catch (error) {
        progress.finish(abort.signal.aborted ? 'stopped' : 'failed', abort.signal.aborted ? null : wordsOf(error));
      } finally {
        setIsAnswering(false);
      }
    },
    [turns],
  );

  const stop = () => controller.current?.abort();
  function clear() {
    stop();
    setTurns([]);
  }
  return { turns, isAnswering, ask, stop, clear };
}

function createProgress(show: (change: Partial<Turn>) => void) {
  const startMs = performance.now();
  let text = '';
  let reasoning = '';
  let usage: ChatPiece['usage'] = null;
  let finishReason: string | null = null;
  let firstTokenMs: number | null = null;
  return {
    take(piece: ChatPiece) {
      if (firstTokenMs === null && (piece.text !== '' || piece.reasoning !== '')) firstTokenMs = Math.round(performance.now() - startMs);
      text += piece.text;
      reasoning += piece.reasoning;
      usage = piece.usage ?? usage;
      finishReason = piece.finishReason ?? finishReason;
      show({ text, reasoning });
    },
    finish(status: Outcome['status'], error: string | null) {
      show({
        outcome: {
          status,
          error,
          promptTokens: usage?.promptTokens ?? null,
          completionTokens: usage?.completionTokens ?? null,
          cost: usage?.cost ?? null,
          latencyMs: Math.round(performance.now() - startMs),
          firstTokenMs,
          finishReason,
        },
      });
    },
  };
}

function wordsOf(error: unknown): string {
  if (error instanceof ApiProblem) return error.fix === null ? error.detail : `${error.detail} ${error.fix}`;
  if (error instanceof StreamFailure) return error.message;
  return 'The connection to the server broke off. Try again.';
}
