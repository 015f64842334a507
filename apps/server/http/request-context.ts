import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request, from arrival to its last byte. */
export interface RequestContext {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Ours, in `X-Request-Id` of every answer. */
  readonly requestId: string;
  /** As sent, still percent-encoded, without the query. */
  readonly path: string;
  /** With its `?`, or empty. */
  readonly search: string;
  /** Who is on the other end, seen through trusted proxies only. */
  readonly clientAddress: string;
  /** Whether nobody stands between us and a program of this machine. */
  readonly fromThisMachine: boolean;
  /** For the log and the metrics: the pattern of the route, never the address itself. */
  route: string;
  /** Known once the caller is. */
  organizationId: string | null;
}
