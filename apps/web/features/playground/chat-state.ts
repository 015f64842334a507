import type { Model, ReasoningParameter } from '@pipelines/contracts';

/** One turn of the conversation, as the page shows it. */
export interface Turn {
  readonly id: number;
  readonly role: 'user' | 'assistant';
  readonly text: string;
  /** Images of a question, as data URIs. */
  readonly images: readonly string[];
  /** The model's thinking, where it shows any. */
  readonly reasoning: string;
  readonly outcome: Outcome | null;
}

/** How an answer ended. Token counts and cost as the gateway tells them. */
export interface Outcome {
  readonly status: 'done' | 'stopped' | 'failed';
  readonly error: string | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  /** USD, exact; null is unknown. */
  readonly cost: string | null;
  readonly latencyMs: number;
  readonly firstTokenMs: number | null;
  readonly finishReason: string | null;
}

export interface ChatSettings {
  readonly system: string;
  /** Empty: the provider's own. */
  readonly temperature: string;
  readonly maxTokens: string;
  readonly jsonAnswer: boolean;
  readonly reasoningEffort: string;
  readonly reasoningTokens: string;
}

export const newSettings: ChatSettings = {
  system: '',
  temperature: '',
  maxTokens: '',
  jsonAnswer: false,
  reasoningEffort: '',
  reasoningTokens: '',
};

/** The body of a call: only what is set, and only what the model can do. */
export function chatBody(model: Model, turns: readonly Turn[], settings: ChatSettings) {
  const number = (text: string) => (text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text));
  return {
    model: model.slug,
    messages: [
      ...(settings.system.trim() === '' ? [] : [{ role: 'system', content: settings.system }]),
      ...turns.filter((turn) => turn.role === 'user' || turn.text !== '').map(messageOf),
    ],
    stream: true,
    stream_options: { include_usage: true },
    temperature: number(settings.temperature),
    max_tokens: number(settings.maxTokens),
    response_format: settings.jsonAnswer && model.capabilities.json_mode ? { type: 'json_object' } : undefined,
    reasoning: model.capabilities.reasoning ? reasoningOf(model.reasoning_parameter, settings) : undefined,
  };
}

function messageOf(turn: Turn) {
  if (turn.images.length === 0) return { role: turn.role, content: turn.text };
  const images = turn.images.map((url) => ({ type: 'image_url', image_url: { url } }));
  return { role: turn.role, content: [{ type: 'text', text: turn.text }, ...images] };
}

function reasoningOf(shape: ReasoningParameter | null, settings: ChatSettings) {
  if (shape === 'effort' && settings.reasoningEffort !== '') return { effort: settings.reasoningEffort };
  const tokens = Number(settings.reasoningTokens);
  if (shape === 'max_tokens' && settings.reasoningTokens.trim() !== '' && Number.isInteger(tokens)) return { max_tokens: tokens };
  return undefined;
}
