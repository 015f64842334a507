import type { Log } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import type { Egress } from '@pipelines/egress';
import { createTestLimiter, createToolCredentials, type Vault } from '@pipelines/registry';
import { createToolEndpoint } from './endpoints/create-tool-endpoint.ts';
import { deleteToolEndpoint } from './endpoints/delete-tool-endpoint.ts';
import { discoverTools } from './endpoints/discover-tools.ts';
import { getToolEndpoint } from './endpoints/get-tool-endpoint.ts';
import { listToolDependents } from './endpoints/list-tool-dependents.ts';
import { listToolEndpoints } from './endpoints/list-tool-endpoints.ts';
import { refreshToolEndpoint } from './endpoints/refresh-tool-endpoint.ts';
import { updateToolEndpoint } from './endpoints/update-tool-endpoint.ts';
import { openStepEndpoint } from './session/open-step-endpoint.ts';
import { openToolSession } from './session/open-tool-session.ts';
import type { Tools } from './tools.ts';
import type { ToolsContext } from './tools-context.ts';

export interface ToolsOptions {
  readonly database: Pick<Database, 'db'>;
  readonly egress: Pick<Egress, 'request' | 'checkTarget'>;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  readonly log: Log;
  /** Of one member or key, at endpoints that they name. Default 20. */
  readonly looksPerMinute?: number;
}

export function createTools({ database, egress, vault, log, looksPerMinute = 20 }: ToolsOptions): Tools {
  const context: ToolsContext = {
    database,
    egress,
    log,
    credentials: createToolCredentials(vault),
    limiter: createTestLimiter({ testsPerMinute: looksPerMinute, names: { one: 'look at an endpoint', many: 'looks at endpoints' } }),
  };
  return {
    discover: (principal, body, signal) => discoverTools(context, principal, body, signal),
    listEndpoints: (principal, query) => listToolEndpoints(context, principal, query),
    getEndpoint: (principal, id) => getToolEndpoint(context, principal, id),
    createEndpoint: (principal, body, signal) => createToolEndpoint(context, principal, body, signal),
    updateEndpoint: (principal, id, body) => updateToolEndpoint(context, principal, id, body),
    deleteEndpoint: (principal, id, { confirm }) => deleteToolEndpoint(context, principal, id, { confirm }),
    refreshEndpoint: (principal, id, signal) => refreshToolEndpoint(context, principal, id, signal),
    listDependents: (principal, id) => listToolDependents(context, principal, id),
    openSession: (owner, bindings, onCall) => openToolSession(context, owner, bindings, onCall),
    openEndpoint: (owner, endpointId) => openStepEndpoint(context, owner, endpointId),
  };
}
