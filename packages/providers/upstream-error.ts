import type { UpstreamCause } from '@pipelines/contracts';

export interface UpstreamErrorOptions {
  /** The provider's HTTP status; null where there was no answer. */
  readonly status?: number | null;
  /** Seconds, from `Retry-After`. */
  readonly retryAfterSeconds?: number | null;
  /** A word of ours that makes the cause more exact, from a closed set a protocol: `secret_access_key`, `tools`, … */
  readonly detail?: string | null;
  /** Values that help to repair, such as the region inside a key. Never secret, never an upstream's sentence. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** The only thing that an adapter throws about a provider. It carries a cause of the closed list, never a text of the provider. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly reason: UpstreamCause;
  readonly status: number | null;
  readonly retryAfterSeconds: number | null;
  readonly detail: string | null;
  readonly facts: Readonly<Record<string, string>>;

  constructor(reason: UpstreamCause, options: UpstreamErrorOptions = {}) {
    super(`upstream: ${reason}`);
    this.reason = reason;
    this.status = options.status ?? null;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
    this.detail = options.detail ?? null;
    this.facts = options.facts ?? {};
  }

  /** Whether the same request may work a moment later. */
  get retryable(): boolean {
    return retryable.has(this.reason);
  }
}

const retryable: ReadonlySet<UpstreamCause> = new Set<UpstreamCause>([
  'rate_limited',
  'upstream_unavailable',
  'connection_refused',
  'connection_lost',
  'timed_out',
  'endpoint_starting',
]);
