import type {
  CreateToolEndpointBody,
  dependentsSchema,
  HttpConfig,
  Principal,
  ToolBinding,
  ToolCallEntry,
  ToolDiscovery,
  ToolDiscoveryBody,
  ToolEndpointDetail,
  ToolRefresh,
  toolEndpointListQuerySchema,
  toolEndpointPageSchema,
  UpdateToolEndpointBody,
} from '@pipelines/contracts';
import type { z } from 'zod';
import type { BorrowedEndpoint } from './session/open-step-endpoint.ts';
import type { SessionOwner, ToolSession } from './session/tool-session.ts';

/** The tool endpoints of organizations: kept for people, called for steps. Throws `PipelinesError`; another organization's is `not_found`. */
export interface Tools extends StepTools {
  /** A failure is an answer, not an error. @throws PipelinesError `credential_required`, `rate_limited`, `invalid_request` */
  discover(principal: Principal, body: ToolDiscoveryBody, signal: AbortSignal): Promise<ToolDiscovery>;
  listEndpoints(principal: Principal, query: z.output<typeof toolEndpointListQuerySchema>): Promise<z.infer<typeof toolEndpointPageSchema>>;
  getEndpoint(principal: Principal, id: string): Promise<ToolEndpointDetail>;
  /** @throws PipelinesError `tool_discovery_failed`, `credential_required`, `already_exists`, `rate_limited`, `invalid_request` */
  createEndpoint(principal: Principal, body: CreateToolEndpointBody, signal: AbortSignal): Promise<ToolEndpointDetail>;
  /** @throws PipelinesError `credential_required`, `already_exists`, `conflict`, `invalid_request` */
  updateEndpoint(principal: Principal, id: string, body: UpdateToolEndpointBody): Promise<ToolEndpointDetail>;
  /** @throws PipelinesError `tool_endpoint_in_use` */
  deleteEndpoint(principal: Principal, id: string, options: { readonly confirm: boolean }): Promise<void>;
  /** A failure is an answer, not an error. @throws PipelinesError `rate_limited`, `credential_unreadable` */
  refreshEndpoint(principal: Principal, id: string, signal: AbortSignal): Promise<ToolRefresh>;
  listDependents(principal: Principal, id: string): Promise<z.infer<typeof dependentsSchema>>;
}

/** Tools as the steps of a workflow use them. */
export interface StepTools {
  /**
   * The tools of a step, as they are now. `onCall` is told of each call as it begins and as it ends.
   * @throws StepFailure `tool_unavailable` naming the step and what is missing
   */
  openSession(owner: SessionOwner, bindings: readonly ToolBinding[], onCall?: (call: ToolCallEntry) => void): Promise<ToolSession>;
  /**
   * The address and the secret headers that an HTTP step borrows.
   * @throws StepFailure `tool_unavailable`
   */
  openEndpoint(owner: SessionOwner, endpointId: NonNullable<HttpConfig['endpoint_id']>): Promise<BorrowedEndpoint>;
}
