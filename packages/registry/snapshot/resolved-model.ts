import type { CallableModel, ModelKind, Protocol, ProviderId, UnitPrices } from '@pipelines/contracts';
import type { AdapterTarget, OpenCredential } from '@pipelines/providers';
import type { SecretTrial } from './secret-trials.ts';

/** Everything that a call to a model needs, ready in memory. Stays as it is when the registry changes meanwhile. */
export interface ResolvedModel {
  readonly slug: string;
  readonly kind: ModelKind;
  readonly displayName: string;
  readonly provider: ProviderId;
  readonly protocol: Protocol;
  /** False: deactivated; a call is refused with `model_inactive`. */
  readonly active: boolean;
  readonly target: AdapterTarget;
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
