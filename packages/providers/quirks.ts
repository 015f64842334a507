/** Oddities of a provider or a model, as data. Read only inside the protocol's folder. */
export interface Quirks {
  /** Which field carries the answer's limit. `either`: what the caller sent; both are understood. */
  readonly maxTokensField?: 'max_tokens' | 'max_completion_tokens' | 'either';
  /** False: the role `developer` is unknown and goes as `system`. */
  readonly developerRole?: boolean;
  /** False: a stream tells no whole tool calls. A request with tools is answered whole, and told as a stream. */
  readonly streamedTools?: boolean;
  /** How the thinking step is asked for on this wire. */
  readonly reasoningFormat?: 'openrouter' | 'openai' | 'fireworks' | 'together' | 'generic';
  /** `integer`: `logprobs` is a number 0–20 instead of OpenAI's boolean and `top_logprobs`. */
  readonly logprobs?: 'boolean' | 'integer';
  /** `array`: a single stop sequence goes as a list of one. */
  readonly stop?: 'either' | 'array';
  /** The smallest answer limit that the provider accepts; a connection test asks for it. */
  readonly minMaxTokens?: number;
  /** Where the provider's model list is, relative to the base URL; null: it has none. */
  readonly modelListPath?: string | null;
  /** Further lists of the same host, relative to the base URL. One that fails is left out. */
  readonly extraModelListPaths?: readonly string[];
  /** True: the endpoint sleeps when idle, and 503 means that it is waking up. */
  readonly scalesToZero?: boolean;
  /** Where the provider itself speaks the Responses API, relative to the base URL; left out: such callers are translated. */
  readonly responsesPath?: string;
  /** True: marks of what should be cached (`cache_control`) are understood in a chat. */
  readonly cacheMarks?: boolean;
}
