import { setTimeout as sleep } from 'node:timers/promises';
import { planAnswer } from './answer-plan.ts';
import { ApiError } from './api-error.ts';
import type { ChatRequest } from './chat-request.ts';
import { CONTEXT_TOKENS, type Engine } from './open-engine.ts';
import { readWrittenCall, type WrittenCall, watchOutput } from './watch-output.ts';

/** Token counts as the tokenizer and the model made them. */
export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

export interface Answer {
  content: string;
  toolCall: WrittenCall | null;
  finishReason: 'stop' | 'length' | 'tool_calls';
  usage: Usage;
}

/** Where the pieces of an answer go while it is being written. */
export interface AnswerListener {
  /** The request is accepted; `forcedTool` is the tool whose arguments the pieces are. */
  onStart(forcedTool: string | null): void;
  onPiece(text: string): void;
}

export interface AnswerLimits {
  signal: AbortSignal;
  /** Pause after each token, in milliseconds. */
  tokenDelayMs: number;
}

/** Answers one chat request. Refusals are `ApiError`s thrown before `onStart`; an aborted signal ends the answer early and throws its reason. */
export async function answerChat(engine: Engine, request: ChatRequest, listener: AnswerListener, limits: AnswerLimits): Promise<Answer> {
  const plan = planAnswer(request);
  const prompt = engine.tokenize(request.messages);
  refuseIfTooLong(prompt.length);
  const room = CONTEXT_TOKENS - prompt.length;
  const maxTokens = Math.min(request.max_completion_tokens ?? request.max_tokens ?? room, room);
  const sampling = { temperature: request.temperature ?? 0, seed: request.seed ?? 1, ...(request.top_p ? { topP: request.top_p } : {}) };

  let output = '';
  let sent = '';
  let completionTokens = 0;
  let finishReason: Answer['finishReason'] = 'stop';
  const started = once(() => listener.onStart(plan.forcedTool?.function.name ?? null));
  const send = (settled: string) => {
    if (settled.length > sent.length) listener.onPiece(settled.slice(sent.length));
    sent = settled;
  };

  for await (output of engine.generate(prompt, plan.grammar, sampling)) {
    limits.signal.throwIfAborted();
    started();
    completionTokens += 1;
    const state = watchOutput(output, plan);
    send(state.settled);
    if (state.complete) break;
    if (completionTokens >= maxTokens) {
      finishReason = 'length';
      break;
    }
    // Without a pause the event loop never sees that the client has gone.
    await sleep(limits.tokenDelayMs, undefined, { signal: limits.signal });
  }
  started();

  const written = readWrittenCall(output, plan);
  const ended = watchOutput(output, plan);
  if (!written) send(ended.complete ? ended.settled : output);
  const toolCall = plan.forcedTool ? { name: plan.forcedTool.function.name, arguments: sent } : written;
  return {
    content: toolCall ? '' : sent,
    toolCall,
    finishReason: toolCall && finishReason === 'stop' ? 'tool_calls' : finishReason,
    usage: {
      prompt_tokens: prompt.length,
      completion_tokens: completionTokens,
      total_tokens: prompt.length + completionTokens,
    },
  };
}

function refuseIfTooLong(promptTokens: number): void {
  if (promptTokens < CONTEXT_TOKENS) return;
  throw new ApiError(
    400,
    `This model's maximum context length is ${CONTEXT_TOKENS} tokens. However, your messages resulted in ${promptTokens} tokens. Please reduce the length of the messages.`,
    { code: 'context_length_exceeded', param: 'messages' },
  );
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
