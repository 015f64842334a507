import type { ApplyFix, UpstreamCause } from '@pipelines/contracts';

/** An `UpstreamError`, or what was kept of one. */
export interface DescribableError {
  readonly reason: UpstreamCause;
  readonly detail?: string | null;
  readonly facts?: Readonly<Record<string, string>>;
  readonly retryAfterSeconds?: number | null;
}

/** What the words are about: all of it entered by the reader, none of it secret. */
export interface CauseContext {
  readonly providerName: string;
  readonly providerModelId: string;
  readonly region: string | null;
  readonly baseUrl: string | null;
  /** IDs of the provider's own list that resemble the wanted one, the nearest first. */
  readonly nearestModels?: readonly string[];
}

export interface CauseDescription {
  /** One sentence: what happened. */
  readonly message: string;
  /** One or two sentences: what to do. */
  readonly fix: string;
  /** A change of the form that repairs it, where one is known. */
  readonly apply: ApplyFix | null;
}

/** What happened, and what to do. */
export interface Sentences {
  readonly message: string;
  readonly fix: string;
}
