import { fileURLToPath } from 'node:url';
import { getLlama, type Llama, LlamaGrammarEvaluationState, LlamaLogLevel, type Token } from 'node-llama-cpp';
import type { AnswerPlan } from './answer-plan.ts';
import { ApiError } from './api-error.ts';
import type { ChatMessage } from './chat-request.ts';
import { renderPrompt } from './render-prompt.ts';

const MODEL_PATH = fileURLToPath(new URL('./tiny-chat.gguf', import.meta.url));
/** The context the model was trained with, in tokens; prompt and answer share it. */
export const CONTEXT_TOKENS = 256;

/** How to draw tokens. `temperature` 0 always takes the likeliest. */
export interface Sampling {
  temperature: number;
  topP?: number;
  seed: number;
}

/** A loaded model that writes one answer at a time. */
export interface Engine {
  /** Tokens of a conversation, control tokens included. */
  tokenize(messages: readonly ChatMessage[]): Token[];
  /** The answer so far, after each new token; ends by itself when the model ends its turn. */
  generate(prompt: Token[], grammar: AnswerPlan['grammar'], sampling: Sampling): AsyncGenerator<string, void>;
  close(): Promise<void>;
}

/** Loads the model on the CPU. One thread, because on few cores llama.cpp's threads wait for each other a thousand times longer than they work. */
export async function openEngine(): Promise<Engine> {
  const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error });
  const model = await llama.loadModel({ modelPath: MODEL_PATH });
  const context = await model.createContext({ contextSize: CONTEXT_TOKENS, sequences: 1, threads: 1 });
  const sequence = context.getSequence();

  async function* generate(prompt: Token[], grammar: AnswerPlan['grammar'], sampling: Sampling) {
    const loaded = await loadGrammar(llama, grammar);
    await sequence.clearHistory();
    const written: Token[] = [];
    const tokens = sequence.evaluate(prompt, {
      ...sampling,
      ...(loaded ? { grammarEvaluationState: new LlamaGrammarEvaluationState({ model, grammar: loaded }) } : {}),
    });
    for await (const token of tokens) {
      written.push(token);
      yield model.detokenize(written);
    }
  }

  return { tokenize: (messages) => renderPrompt(model, messages), generate, close: () => llama.dispose() };
}

async function loadGrammar(llama: Llama, grammar: AnswerPlan['grammar']) {
  if (!grammar) return null;
  if (grammar.kind === 'any-json') return llama.getGrammarFor('json');
  try {
    return await llama.createGrammarForJsonSchema(grammar.schema as Parameters<Llama['createGrammarForJsonSchema']>[0]);
  } catch {
    throw new ApiError(400, 'The JSON schema uses something this model cannot follow.', {
      param: 'response_format',
      code: 'invalid_schema',
    });
  }
}
