import type { AttemptSource, AttemptStatus } from './attempt-status.ts';
import type { TokenUsage } from './chat.ts';
import type { ModelKind } from './model-status.ts';
import type { PriceSource } from './prices.ts';
import type { ProviderId } from './providers.ts';
import type { UpstreamCause } from './upstream-causes.ts';

/** Unit prices of a model as decimal strings, USD per token. Null is unknown, which is not zero. */
export interface UnitPrices {
  readonly input: string | null;
  readonly output: string | null;
  /** Null: cached tokens cost what input tokens cost. */
  readonly cacheRead: string | null;
  readonly cacheWrite: string | null;
  /** Of tokens of thinking; null or left out: what output tokens cost. */
  readonly reasoning?: string | null;
  /** USD for each call, beside its tokens; null or left out: nothing. */
  readonly request?: string | null;
  /** USD for each image that is sent, beside its tokens; null or left out: nothing. */
  readonly image?: string | null;
  /** Of tokens of sound, which are part of the input and the output; null or left out: what text costs. */
  readonly audioInput?: string | null;
  readonly audioOutput?: string | null;
  /** Null or left out: what other cached tokens cost, or what sound does where those have no price either. */
  readonly audioCacheRead?: string | null;
  /** USD for each search of the web by the provider; null or left out: unknown. */
  readonly webSearch?: string | null;
  readonly source?: PriceSource | null;
  /** Other prices for long prompts, the shortest first; none where it is left out. */
  readonly tiers?: readonly UnitPriceTier[];
}

/** Prices of a call whose prompt is longer than so many tokens: of the whole call. Null: as without the tier. */
export interface UnitPriceTier {
  readonly abovePromptTokens: number;
  readonly input: string | null;
  readonly output: string | null;
  readonly cacheRead: string | null;
  readonly cacheWrite: string | null;
  readonly reasoning?: string | null;
  readonly audioInput?: string | null;
  readonly audioOutput?: string | null;
  readonly audioCacheRead?: string | null;
}

/** What is known before a call goes out. Written down first, so that a crash cannot hide the call. */
export interface AttemptStart {
  readonly organizationId: string;
  readonly requestId: string;
  readonly source: AttemptSource;
  readonly slug: string | null;
  readonly kind: ModelKind | null;
  readonly provider: ProviderId;
  readonly providerModelId: string;
  readonly credentialId: string | null;
  readonly apiKeyId: string | null;
  readonly memberId: string | null;
  readonly stream: boolean;
  /** The run of a workflow's step that asked for it. */
  readonly stepRunId?: string | null;
  /** What the call waited inside the server before it was handed out. */
  readonly queueMs?: number;
  /** What was left out or rewritten for the provider, and why: names and our own words, never values. */
  readonly changes?: readonly string[];
  /** Images that are sent, where they have a price of their own. */
  readonly images?: number | null;
  /** Copied onto the row: what the cost is computed with, whatever changes meanwhile. */
  readonly prices: UnitPrices;
  /** A kept answer is given and no provider called: it costs nothing, and what it would have cost is saved. */
  readonly fromCache?: boolean;
  /** It is not out yet, and whoever sends it calls `writeHeld` before: so that calls of one moment are written together. */
  readonly held?: boolean;
  /** What its budgets hold for it, USD as a decimal string: what it counts as where its cost is never known. Null without budgets. */
  readonly reservedCost?: string | null;
  /** About how many tokens it may take: where no budget holds it, its estimate is made of them. */
  readonly expectedTokens?: { readonly prompt: number; readonly answer: number };
}

/** How it ended. */
export interface AttemptEnd {
  readonly status: AttemptStatus;
  readonly httpStatus: number | null;
  readonly cause: UpstreamCause | null;
  readonly finishReason: string | null;
  readonly usage: TokenUsage | null;
  /** Known to cost nothing, though it is no failure: it never went out, or was refused. */
  readonly free?: boolean;
  readonly latencyMs: number;
  readonly firstByteMs: number | null;
  /** What the call waited for its connection; 0 where one stood open, null where nobody knows. */
  readonly connectMs?: number | null;
}

/** Takes down one call to a provider. `end` is called exactly once, in a `finally`. */
export interface AttemptRecord {
  readonly attemptId: string;
  /** The cost in USD as a decimal string, null when a price or the usage is unknown. */
  end(result: AttemptEnd): { readonly cost: string | null };
}

/** Where calls are written down. No method waits for a disk or a database. */
export interface CallMeter {
  /** From here on a crash of this process leaves a row; of a `held` call, from the next `writeHeld` on. */
  begin(start: AttemptStart): AttemptRecord;
  /** Writes the beginnings that are held: to be called before the first byte of such a call goes out. */
  writeHeld(): void;
}
