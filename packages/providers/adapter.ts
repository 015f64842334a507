import type {
  Capabilities,
  Capability,
  ChatChunk,
  ChatCompletion,
  ChatRequest,
  ListedModel,
  Protocol,
  ReasoningParameter,
  TokenUsage,
  UnitPriceTier,
} from '@pipelines/contracts';
import type { AuthScheme } from './credential.ts';
import type { JsonBody } from './json-body.ts';
import type { Quirks } from './quirks.ts';
import type { UpstreamError } from './upstream-error.ts';

/** Where a model is and how it likes to be spoken to. Bound to the credential; an adapter never chooses it. */
export interface AdapterTarget {
  /** Canonical base URL, no trailing slash. */
  readonly baseUrl: string;
  readonly region: string | null;
  /** From `destinationOf`: how calls to this destination are authorised. */
  readonly authScheme: AuthScheme;
  readonly providerModelId: string;
  readonly quirks: Quirks;
  readonly capabilities: Capabilities;
  readonly reasoningParameter: ReasoningParameter | null;
  /** Applied when the caller asks for none; a larger wish is refused before it gets here. */
  readonly maxTokens: number | null;
}

export interface ChatCall {
  readonly target: AdapterTarget;
  /** The caller's bytes, parsed once and with the spans of the top-level fields. */
  readonly body: JsonBody<ChatRequest>;
  readonly stream: boolean;
}

/** The exact HTTP request of a call, still without the credential. */
export interface PreparedRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Lower-case names. `authorizeRequest` adds the credential's own. */
  readonly headers: Record<string, string>;
  readonly body: Uint8Array | null;
  readonly auth: AuthScheme;
  /** The region that a signature is for; null where nothing is signed. */
  readonly region: string | null;
  /** What was dropped or rewritten, and why, for `X-Pipelines-Changes`: `max_tokens: renamed`. */
  readonly changes: readonly string[];
  /** True: a whole answer is asked for where a stream was wanted. Whoever asks must cut it. */
  readonly asksWhole?: boolean;
}

/** A complete answer of the provider. */
export interface RawResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface ReadAnswer {
  readonly completion: ChatCompletion;
  readonly usage: TokenUsage | null;
  readonly finishReason: string | null;
}

/** What a translated stream yields: canonical chunks in order; usage once, where the provider tells it. */
export type StreamEvent = { readonly type: 'chunk'; readonly chunk: ChatChunk } | { readonly type: 'usage'; readonly usage: TokenUsage };

/**
 * Watches a stream whose bytes go to the caller unchanged. Fed each piece; asked once at the end.
 * It keeps no more than it needs and copies nothing that it does not.
 */
export interface StreamObserver {
  /** Bytes to hand on in place of `bytes`: the same object where nothing must change. Never throws. */
  push(bytes: Uint8Array): Uint8Array;
  /**
   * Set as soon as the provider reports an error inside the stream, or sends what cannot be a stream
   * (an event without end). The provider's own error event is taken out, nothing is handed on after
   * it, and the connection may be dropped.
   */
  readonly failure: UpstreamError | null;
  /** At the end of the upstream's stream: bytes still held back, and how it ended. */
  end(): { readonly rest: Uint8Array; readonly outcome: StreamOutcome };
}

export interface StreamOutcome {
  readonly usage: TokenUsage | null;
  readonly finishReason: string | null;
  /** True after a finish reason or `[DONE]`; false means that the upstream broke off. */
  readonly complete: boolean;
  /** An error that the provider sent inside the stream. */
  readonly error: UpstreamError | null;
}

export interface ModelListCall {
  readonly baseUrl: string;
  readonly region: string | null;
  readonly authScheme: AuthScheme;
  readonly quirks: Quirks;
}

/** A model of the provider's own list, with what that list tells beside the ID. */
export interface ProviderListing extends ListedModel {
  readonly maxOutputTokens: number | null;
  readonly capabilities: Partial<Record<Capability, boolean>> | null;
  readonly prices: ListedPrices | null;
  /** False where the list says that it is not a chat model. */
  readonly chat: boolean;
  /** Such as `text` and `image`. */
  readonly inputModalities?: readonly string[] | null;
  readonly thinking?: ListedThinking | null;
  /** The day from which on the model may be gone, as `YYYY-MM-DD`. */
  readonly retiresOn?: string | null;
}

/** Decimal strings, USD per token. */
export interface ListedPrices {
  readonly input: string;
  readonly output: string;
  readonly cacheRead?: string | null;
  readonly cacheWrite?: string | null;
  /** Of tokens of thinking, where they do not cost what output costs. */
  readonly reasoning?: string | null;
  /** USD for each call, beside its tokens. */
  readonly request?: string | null;
  /** Of tokens of sound, where they do not cost what text costs. */
  readonly audioInput?: string | null;
  readonly audioOutput?: string | null;
  readonly audioCacheRead?: string | null;
  /** USD for each search of the web. */
  readonly webSearch?: string | null;
  /** For long prompts, the shortest first. */
  readonly tiers?: readonly UnitPriceTier[];
}

export interface ListedThinking {
  /** The words that are taken; null: any. */
  readonly efforts: readonly string[] | null;
  /** A budget of tokens is taken too. */
  readonly takesMaxTokens: boolean;
}

/** Ways in which callers speak, beside chat completions, that some models understand by themselves, or that an adapter has words for. */
export type NativeDialect = 'messages' | 'responses' | 'embeddings';

export interface NativeCall {
  readonly target: AdapterTarget;
  /** The caller's bytes in its own dialect. */
  readonly body: JsonBody<Readonly<Record<string, unknown>>>;
  readonly stream: boolean;
  /** Headers of the caller that belong to the dialect, checked. Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface NativeAnswer {
  /** The answer's `usage` as it is printed. */
  readonly printedUsage: unknown;
  readonly usage: TokenUsage | null;
  /** In the words of chat completions, as the log keeps it. */
  readonly finishReason: string | null;
  /** The answer anew, where the provider's own bytes are not of the dialect. */
  readonly rewritten?: Readonly<Record<string, unknown>>;
}

/** A dialect of callers that a model takes as it is: the caller's bytes, patched, and the provider's bytes back. */
export interface NativeWire {
  prepare(call: NativeCall): PreparedRequest;
  /** A 2xx answer to the call, not streamed. Throws an `UpstreamError` when it is none of this wire. */
  readAnswer(response: RawResponse, target: AdapterTarget, call: NativeCall): NativeAnswer;
  observe(target: AdapterTarget): StreamObserver;
  /** Reads each printed `usage` of one stream, in order: the counts so far. */
  createCounter(): (usage: unknown) => TokenUsage | null;
}

/** A prompt whose tokens are to be counted, without an answer. */
export interface CountCall {
  readonly target: AdapterTarget;
  readonly chat: JsonBody<ChatRequest>;
  /** The caller's own words of the Messages API, where the model understands them. Null: the chat is all there is. */
  readonly native: Pick<NativeCall, 'body' | 'headers'> | null;
}

/** How many tokens a prompt has, in the words of the Messages API. What its provider tells besides stays. */
export interface TokenCount {
  readonly input_tokens: number;
  readonly [field: string]: unknown;
}

/** How a provider is asked to count a prompt with the model's own tokenizer: it costs nothing, and nothing is generated. */
export interface TokenCounting {
  prepare(call: CountCall): PreparedRequest;
  /** A 2xx answer. Throws an `UpstreamError` when it tells no count. */
  read(response: RawResponse): TokenCount;
}

/** In tokens, both included. */
export interface BudgetRange {
  readonly min: number;
  readonly max: number | null;
}

/** A protocol, in one small interface. Adapters prepare and read; they never connect. Whatever they throw is an `UpstreamError` or a `PipelinesError`. */
export interface ProviderAdapter {
  readonly protocol: Protocol;
  /** Capabilities that the wire can carry. */
  readonly expresses: readonly Capability[];
  /** True where the caller's bytes are patched and the answer's bytes stream through; `observe` then replaces `readStream`. */
  readonly passThrough: boolean;
  prepare(call: ChatCall): PreparedRequest;
  /** A 2xx answer, not streamed. Throws an `UpstreamError` when it is not a chat completion. */
  readAnswer(response: RawResponse, target: AdapterTarget): ReadAnswer;
  /** A 2xx stream in a foreign dialect, translated. Throws an `UpstreamError` in mid-stream where the provider fails or breaks off. */
  readStream(bytes: AsyncIterable<Uint8Array>, target: AdapterTarget): AsyncIterable<StreamEvent>;
  /** For pass-through protocols: the watcher of one stream. `callerAskedUsage` false means that the usage chunk we asked for is taken out again. */
  observe?(options: { readonly callerAskedUsage: boolean }): StreamObserver;
  /** Whether the provider opens the address of an image itself. Left out: it opens any. */
  opensImage?(url: string, target: AdapterTarget): boolean;
  /** What a thinking budget in tokens may be, as far as the wire or the model's family says. Left out, or null: nothing is known. */
  budgetRange?(target: AdapterTarget): BudgetRange | null;
  /** Where the model understands a caller's dialect by itself: how that is passed through. Null: it is translated. */
  native?(dialect: NativeDialect, target: AdapterTarget): NativeWire | null;
  /** Left out: providers of this protocol have no way to count a prompt. */
  readonly counting?: TokenCounting;
  /** The provider's own model list; null where it has none. */
  readonly modelList: {
    prepare(call: ModelListCall): readonly PreparedRequest[];
    read(responses: readonly RawResponse[]): readonly ProviderListing[];
  } | null;
  /** A non-2xx answer (or a 200 that carries an error) as one error of ours: cause, retryability, harmless words. */
  classify(response: RawResponse, target: AdapterTarget): UpstreamError;
}
