import type { LogEvent } from '@pipelines/contracts';

type EventName = LogEvent['event'];
type FieldsOf<Name extends EventName> = Exclude<keyof Extract<LogEvent, { event: Name }>, 'event'>;
type Entry<Name extends EventName> = { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly fields: readonly FieldsOf<Name>[] };

/** What of each event is written, and how loud it is. A field that is not named here never reaches the log. */
export const eventFields: { readonly [Name in EventName]: Entry<Name> } = {
  server_starting: { level: 'info', fields: ['version', 'mode', 'database'] },
  server_ready: { level: 'info', fields: ['url', 'startMs'] },
  server_stopping: { level: 'info', fields: ['reason'] },
  request_handled: { level: 'debug', fields: ['requestId', 'method', 'route', 'status', 'latencyMs', 'organizationId'] },
  request_failed: { level: 'error', fields: ['requestId', 'method', 'route', 'error'] },
  attempt_finished: {
    level: 'info',
    fields: ['requestId', 'attemptId', 'organizationId', 'slug', 'provider', 'status', 'cause', 'latencyMs'],
  },
  route_changed: { level: 'warn', fields: ['slug', 'credentialId', 'state', 'cause'] },
  connection_test_finished: { level: 'info', fields: ['organizationId', 'provider', 'passed', 'cause', 'latencyMs'] },
  credential_unreadable: { level: 'error', fields: ['organizationId', 'credentialId'] },
  egress_blocked: { level: 'warn', fields: ['organizationId', 'purpose'] },
  database_starting: { level: 'info', fields: ['engine'] },
  database_ready: { level: 'info', fields: ['engine', 'startMs', 'attached'] },
  database_lost: { level: 'error', fields: [] },
  database_restored: { level: 'info', fields: [] },
  migrations_applied: { level: 'info', fields: ['count'] },
  snapshot_loaded: { level: 'debug', fields: ['generation', 'models', 'keys', 'loadMs'] },
  snapshot_failed: { level: 'error', fields: ['error'] },
  usage_shipped: { level: 'debug', fields: ['rows'] },
  usage_ship_failed: { level: 'warn', fields: ['pending', 'error'] },
  costs_compared: { level: 'info', fields: ['day', 'models', 'calls', 'differingCalls'] },
  cost_difference_found: {
    level: 'warn',
    fields: ['day', 'organizationId', 'slug', 'provider', 'differingCalls', 'cost', 'providerCost'],
  },
  tool_called: { level: 'info', fields: ['organizationId', 'stepRunId', 'endpointId', 'status', 'latencyMs'] },
  prices_checked: { level: 'info', fields: ['models', 'proposals'] },
  usage_recovered: { level: 'info', fields: ['settled', 'unknown'] },
  content_dropped: { level: 'warn', fields: ['calls'] },
  contents_purged: { level: 'info', fields: ['calls'] },
  encryption_keys_created: { level: 'info', fields: ['file'] },
  setup_link_created: { level: 'info', fields: [] },
  task_failed: { level: 'error', fields: ['task', 'error'] },
};
