/**
 * Everything that may reach the log: a closed union of events whose fields are named and harmless.
 * Nothing else is ever logged: no objects, no foreign error messages, no headers, no bodies.
 */
export type LogEvent =
  | {
      readonly event: 'server_starting';
      readonly version: string;
      readonly mode: 'local' | 'server';
      readonly database: 'embedded' | 'external';
    }
  | { readonly event: 'server_ready'; readonly url: string; readonly startMs: number }
  | { readonly event: 'server_stopping'; readonly reason: string }
  | {
      readonly event: 'request_handled';
      readonly requestId: string;
      readonly method: string;
      readonly route: string;
      readonly status: number;
      readonly latencyMs: number;
      readonly organizationId: string | null;
    }
  | {
      readonly event: 'request_failed';
      readonly requestId: string;
      readonly method: string;
      readonly route: string;
      readonly error: SafeError;
    }
  | {
      readonly event: 'attempt_finished';
      readonly requestId: string;
      readonly attemptId: string;
      readonly organizationId: string;
      readonly slug: string;
      readonly provider: string;
      readonly status: string;
      readonly cause: string | null;
      readonly latencyMs: number;
    }
  | {
      /** A way to a model is left alone for a while, or serves again. */
      readonly event: 'route_changed';
      readonly slug: string;
      readonly credentialId: string | null;
      readonly state: string;
      readonly cause: string | null;
    }
  | {
      readonly event: 'connection_test_finished';
      readonly organizationId: string;
      readonly provider: string;
      readonly passed: boolean;
      readonly cause: string | null;
      readonly latencyMs: number;
    }
  | { readonly event: 'credential_unreadable'; readonly organizationId: string; readonly credentialId: string }
  | { readonly event: 'egress_blocked'; readonly organizationId: string | null; readonly purpose: string }
  | { readonly event: 'database_starting'; readonly engine: 'embedded' | 'external' }
  | { readonly event: 'database_ready'; readonly engine: 'embedded' | 'external'; readonly startMs: number; readonly attached: boolean }
  | { readonly event: 'database_lost' }
  | { readonly event: 'database_restored' }
  | { readonly event: 'migrations_applied'; readonly count: number }
  | {
      readonly event: 'snapshot_loaded';
      readonly generation: number;
      readonly models: number;
      readonly keys: number;
      readonly loadMs: number;
    }
  | { readonly event: 'snapshot_failed'; readonly error: SafeError }
  | { readonly event: 'usage_shipped'; readonly rows: number }
  | { readonly event: 'usage_ship_failed'; readonly pending: number; readonly error: SafeError }
  | { readonly event: 'usage_recovered'; readonly settled: number; readonly unknown: number }
  | { readonly event: 'content_dropped'; readonly calls: number }
  | { readonly event: 'contents_purged'; readonly calls: number }
  | {
      /** A day's costs beside those that the providers told. */
      readonly event: 'costs_compared';
      readonly day: string;
      readonly models: number;
      readonly calls: number;
      readonly differingCalls: number;
    }
  | {
      /** A model whose cost is not what its provider says. */
      readonly event: 'cost_difference_found';
      readonly day: string;
      readonly organizationId: string;
      readonly slug: string;
      readonly provider: string;
      readonly differingCalls: number;
      readonly cost: string;
      readonly providerCost: string;
    }
  | {
      /** Of a step in a task, which has a row as well, or of one that is only tried. */
      readonly event: 'tool_called';
      readonly organizationId: string;
      readonly stepRunId: string;
      /** Null: the model has invented the tool. */
      readonly endpointId: string | null;
      readonly status: 'succeeded' | 'failed';
      readonly latencyMs: number;
    }
  | { readonly event: 'prices_checked'; readonly models: number; readonly proposals: number }
  | { readonly event: 'encryption_keys_created'; readonly file: string }
  | { readonly event: 'setup_link_created' }
  | { readonly event: 'task_failed'; readonly task: string; readonly error: SafeError };

/** What may be told of an error that is not ours: its kind, never its words. */
export interface SafeError {
  readonly name: string;
  /** A machine code such as `ECONNREFUSED` or PostgreSQL's `23505`; letters, digits, `_` only. */
  readonly code: string | null;
  /** The message, for our own errors only. */
  readonly message: string | null;
}

export type Log = (event: LogEvent) => void;
