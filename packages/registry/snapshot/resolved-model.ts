import type { CallableModel, ModelKind, ModelTask, Protocol, ProviderId, UnitPrices } from '@pipelines/contracts';
import type { AdapterTarget, OpenCredential } from '@pipelines/providers';
import type { SecretTrial } from './secret-trials.ts';

/** A model that can be called, ready in memory. Stays as it is when the registry changes meanwhile. */
export interface ResolvedModel extends ModelRoute {
  /** The ways to it, its own credential first. At least one. */
  readonly routes: readonly ModelRoute[];
  /** Slugs of models that stand in for it, in order. */
  readonly fallbacks: readonly string[];
  /** How long an answer may be given again to the same request; null: never. */
  readonly cacheSeconds: number | null;
  /** Another one with each change of the model, and each time that its kept answers are thrown away. */
  readonly version: string;
  /** How often a call that the provider has not begun is sent again. */
  readonly maxRetries: number;
}

/** One way to a model: to one destination, with one credential. Everything that an attempt needs. */
export interface ModelRoute extends ModelSettings {
  /** Names the route in this process: the same after a reload. */
  readonly key: string;
  /** Names the account behind it, which other models may share: null without a credential. */
  readonly accountKey: string | null;
  /** How much of the model's calls it takes, next to the weights of the other routes. 0: only when no other can serve. */
  readonly weight: number;
}

/** What a model is, and what its first route needs. */
interface ModelSettings {
  readonly slug: string;
  readonly kind: ModelKind;
  readonly task: ModelTask;
  readonly displayName: string;
  readonly provider: ProviderId;
  readonly protocol: Protocol;
  /** False: deactivated; a call is refused with `model_inactive`. */
  readonly active: boolean;
  readonly target: AdapterTarget;
  /** Words that an effort of thinking may be. Null: any, or not known. */
  readonly reasoningEfforts: readonly string[] | null;
  /** Null for platform models and where the provider wants no credential. */
  readonly credentialId: string | null;
  /** A new secret that calls are trying: tell it how they end. Null while there is none. */
  readonly trial: SecretTrial | null;
  readonly prices: UnitPrices;
  readonly timeouts: ModelTimeouts;
  /**
   * The opened credential, at once in all but rare cases. Kept in memory for at most a minute after its last use.
   * @throws PipelinesError `credential_unavailable`, `credential_unreadable` or `platform_not_configured`
   */
  credential(): OpenCredential | Promise<OpenCredential>;
  /** As `GET /v1/models` tells it. */
  readonly listing: CallableModel;
}

/** Clocks of a call in milliseconds, as the egress takes them. */
export interface ModelTimeouts {
  readonly connectMs: number;
  readonly firstByteMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
}

export const callTimeouts: ModelTimeouts = { connectMs: 5_000, firstByteMs: 120_000, idleMs: 60_000, totalMs: 15 * 60_000 };
export const callRetries = 2;
