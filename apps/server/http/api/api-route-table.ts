import type { Gateway } from '@pipelines/gateway';
import type { Identity } from '@pipelines/identity';
import type { Limits } from '@pipelines/limits';
import type { Registry } from '@pipelines/registry';
import type { ContentLog, Usage } from '@pipelines/usage';
import type { Evaluations, Replays, Tools, Workflows } from '@pipelines/workflows';
import { apiKeyHandlers } from './api-keys.ts';
import { batchHandlers } from './batches.ts';
import { catalogueHandlers } from './catalogue.ts';
import { concurrencyLimitHandlers } from './concurrency-limits.ts';
import { connectionTestHandlers } from './connection-tests.ts';
import { credentialHandlers } from './credentials.ts';
import { docsRoutes } from './docs.ts';
import { datasetHandlers, evaluationHandlers } from './evaluations.ts';
import { healthHandlers } from './health.ts';
import { limitHandlers, webhookHandlers } from './limits.ts';
import { memberHandlers } from './members.ts';
import { modelChangeHandlers } from './model-changes.ts';
import { modelHandlers } from './models.ts';
import { playgroundRoute } from './playground.ts';
import { priceHandlers } from './prices.ts';
import { probeHandlers } from './probes.ts';
import { providerHandlers } from './providers.ts';
import { replayHandlers } from './replays.ts';
import { buildRouteTable, contractRoutes, type TableEntry } from './route-table.ts';
import { routingHandlers } from './routing.ts';
import { scheduleHandlers } from './schedules.ts';
import type { SessionCookie } from './session-cookie.ts';
import { sessionHandlers } from './sessions.ts';
import { settingsHandlers } from './settings.ts';
import { setupHandlers } from './setup.ts';
import { taskHandlers } from './tasks.ts';
import { toolHandlers } from './tool-endpoints.ts';
import { usageHandlers } from './usage.ts';
import { workflowHandlers } from './workflows.ts';

export interface ApiDependencies {
  readonly identity: Identity;
  readonly registry: Registry;
  readonly usage: Usage;
  readonly contents: ContentLog;
  readonly gateway: Gateway;
  readonly limits: Limits;
  readonly workflows: Workflows;
  readonly evaluations: Evaluations;
  readonly replays: Replays;
  readonly tools: Tools;
  readonly cookie: SessionCookie;
  readonly onSetupCompleted: () => void;
  readonly version: string;
}

/** Every route of `/api` with its handler. @throws RouteTableError where something is missing */
export function createApiRouteTable(dependencies: ApiDependencies): readonly TableEntry[] {
  const table: readonly TableEntry[] = buildRouteTable(
    contractRoutes(),
    [
      setupHandlers(dependencies),
      sessionHandlers(dependencies),
      memberHandlers(dependencies),
      apiKeyHandlers(dependencies),
      modelHandlers(dependencies),
      healthHandlers(dependencies),
      catalogueHandlers(dependencies),
      modelChangeHandlers(dependencies),
      routingHandlers(dependencies),
      connectionTestHandlers(dependencies),
      probeHandlers(dependencies),
      priceHandlers(dependencies),
      providerHandlers(dependencies),
      credentialHandlers(dependencies),
      settingsHandlers(dependencies),
      usageHandlers(dependencies),
      workflowHandlers(dependencies),
      taskHandlers(dependencies),
      batchHandlers(dependencies),
      datasetHandlers(dependencies),
      evaluationHandlers(dependencies),
      replayHandlers(dependencies),
      toolHandlers(dependencies),
      concurrencyLimitHandlers(dependencies),
      scheduleHandlers(dependencies),
      limitHandlers(dependencies),
      webhookHandlers(dependencies),
    ],
    [playgroundRoute(dependencies), ...docsRoutes(() => table, dependencies.version)],
  );
  return table;
}
