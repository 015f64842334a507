import type { CallMeter } from '@pipelines/contracts';
import type { ResolvedModel } from '@pipelines/registry';
import type { AskedChat } from '../attempts/chat-call.ts';
import type { SpokenRequest } from '../dialects/dialect.ts';
import type { AnswerCache } from './answer-cache.ts';

/** What a caller says about kept answers, for one call. */
export interface CacheWish {
  /** No kept answer is given. */
  readonly fresh?: boolean;
  /** The answer is not kept either. */
  readonly keepNothing?: boolean;
  /** How old a kept answer may be, and how long this one may be given again; also where the model keeps none by itself. */
  readonly maxAgeSeconds?: number;
}

export interface CacheableCall {
  readonly asked: AskedChat;
  readonly model: ResolvedModel;
  /** The request as it was read, before anything was left out or put in its place. */
  readonly asRead: SpokenRequest;
  readonly request: SpokenRequest;
  /** The request as received. */
  readonly body: Uint8Array;
  readonly wish: CacheWish | undefined;
}

export interface CacheDoors {
  readonly cache: AnswerCache;
  readonly meter: CallMeter;
  /** Told of each call that looked for a kept answer. */
  readonly countCached: (isHit: boolean) => void;
}
