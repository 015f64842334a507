import type { Principal } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import type { Gateway } from '@pipelines/gateway';
import type { ContentPlace, Registry, SealedContent } from '@pipelines/registry';

/** A call of the log that went well, with what was said in it. */
export interface RecentCall {
  readonly attemptId: string;
  readonly keptAt: Date;
  readonly request: { readonly text: string };
  readonly answer: { readonly text: string };
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly cost: string | null;
  readonly latencyMs: number | null;
}

/** What replays work with. */
export interface ReplaysContext {
  readonly database: Pick<Database, 'db'>;
  readonly registry: Pick<Registry, 'resolve'>;
  readonly gateway: Pick<Gateway, 'completeChatOnce' | 'priceCall'>;
  /** Seals what was said: the registry's vault. */
  readonly vault: {
    sealContent(place: ContentPlace, plaintext: Uint8Array): Promise<SealedContent>;
    openContent(place: ContentPlace, sealed: SealedContent): Promise<Uint8Array>;
  };
  /** The log of contents. */
  readonly contents: {
    readRecent(principal: Principal, query: { readonly slug: string; readonly limit: number }): Promise<readonly RecentCall[]>;
  };
}
