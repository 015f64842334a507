/**
 * The canonical form of a chat: OpenAI's chat completions, loose. Known fields are typed, unknown
 * fields live on unchanged.
 */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly stream?: boolean | null;
  readonly stream_options?: { readonly include_usage?: boolean; readonly [key: string]: unknown } | null;
  readonly max_tokens?: number | null;
  readonly max_completion_tokens?: number | null;
  readonly temperature?: number | null;
  readonly top_p?: number | null;
  readonly stop?: string | readonly string[] | null;
  readonly tools?: readonly ChatTool[] | null;
  readonly tool_choice?: 'auto' | 'none' | 'required' | { readonly type: 'function'; readonly function: { readonly name: string } } | null;
  readonly response_format?: ResponseFormat | null;
  readonly reasoning_effort?: string | null;
  readonly reasoning?: { readonly effort?: string | null; readonly max_tokens?: number | null; readonly [key: string]: unknown } | null;
  readonly [key: string]: unknown;
}

export interface ChatMessage {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool' | 'function';
  readonly content?: string | readonly ContentPart[] | null;
  readonly name?: string;
  readonly tool_calls?: readonly ToolCall[] | null;
  readonly tool_call_id?: string;
  readonly reasoning_details?: readonly ReasoningDetail[] | null;
  readonly [key: string]: unknown;
}

export interface ContentPart {
  readonly type: string;
  readonly text?: string;
  readonly image_url?: { readonly url: string; readonly detail?: string };
  readonly [key: string]: unknown;
}

export interface ChatTool {
  readonly type: 'function';
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters?: Record<string, unknown>;
    readonly strict?: boolean | null;
  };
  readonly [key: string]: unknown;
}

export interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
  readonly [key: string]: unknown;
}

export type ResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json_object' }
  | {
      readonly type: 'json_schema';
      readonly json_schema: { readonly name: string; readonly schema?: Record<string, unknown>; readonly strict?: boolean | null };
    }
  | { readonly type: string; readonly [key: string]: unknown };

/** Opaque pieces of thinking that a provider wants back unchanged in the next turn. */
export interface ReasoningDetail {
  readonly type: string;
  readonly text?: string;
  readonly signature?: string;
  readonly data?: string;
  readonly [key: string]: unknown;
}

export interface ChatCompletion {
  readonly id: string;
  readonly object: string;
  readonly created: number;
  readonly model: string;
  readonly choices: readonly ChatChoice[];
  readonly usage?: ChatUsage | null;
  readonly [key: string]: unknown;
}

export interface ChatChoice {
  readonly index: number;
  readonly message: ChatMessage & {
    readonly refusal?: string | null;
    readonly reasoning?: string | null;
    readonly reasoning_content?: string | null;
  };
  readonly finish_reason: string | null;
  readonly [key: string]: unknown;
}

export interface ChatChunk {
  readonly id: string;
  readonly object: string;
  readonly created: number;
  readonly model: string;
  readonly choices: readonly {
    readonly index: number;
    readonly delta: Record<string, unknown>;
    readonly finish_reason: string | null;
    readonly [key: string]: unknown;
  }[];
  readonly usage?: ChatUsage | null;
  readonly [key: string]: unknown;
}

export interface ChatUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details?: {
    readonly cached_tokens?: number | null;
    readonly cache_write_tokens?: number | null;
    readonly audio_tokens?: number | null;
    readonly [key: string]: unknown;
  } | null;
  readonly completion_tokens_details?: {
    readonly reasoning_tokens?: number | null;
    readonly audio_tokens?: number | null;
    readonly [key: string]: unknown;
  } | null;
  /** Tools that the provider ran itself. */
  readonly server_tool_use?: { readonly web_search_requests?: number | null; readonly [key: string]: unknown } | null;
  /** USD: the provider's own figure on the way in, ours on the way out. */
  readonly cost?: number | string | null;
  readonly [key: string]: unknown;
}

/** Token counts as we account them. Every number is a non-negative safe integer; null where the provider does not tell. */
export interface TokenUsage {
  /** All prompt tokens, cached ones included. */
  readonly promptTokens: number;
  /** All answer tokens, thinking included. */
  readonly completionTokens: number;
  readonly cachedTokens: number | null;
  readonly cacheWriteTokens: number | null;
  /** Of those, the ones that stay for an hour and not for minutes: they cost more. Left out or null: none is told. */
  readonly longCacheWriteTokens?: number | null;
  readonly reasoningTokens: number | null;
  /** Of the prompt, those of sound, cached ones included. Left out or null: none is told. The same of the next three. */
  readonly audioInputTokens?: number | null;
  /** Of the cached tokens, those of sound. */
  readonly cachedAudioTokens?: number | null;
  /** Of the answer, those of sound. */
  readonly audioOutputTokens?: number | null;
  /** Searches of the web that the provider made. */
  readonly webSearches?: number | null;
  /** Another tier of service than the provider's usual one, in its word, such as `flex`: it may charge it otherwise. Left out or null: the usual one. */
  readonly serviceTier?: string | null;
  /** The provider's own cost in USD as a decimal string, where it tells one. */
  readonly providerCost: string | null;
}
