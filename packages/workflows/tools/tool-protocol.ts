import type { Egress, EgressRequest } from '@pipelines/egress';
import type { OpenedToolCredential } from '@pipelines/registry';

/** A tool as an endpoint tells of it. */
export interface DiscoveredTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Record<string, unknown>;
  /** Of an HTTP service: how the arguments become a request. */
  readonly operation: Record<string, unknown> | null;
}

export interface Discovered {
  readonly tools: readonly DiscoveredTool[];
  /** How many were not taken. */
  readonly leftOut: number;
  /** The address that the document names. */
  readonly suggestedUrl: string | null;
}

/** Where tools are and how they are reached. */
export interface ToolPlace {
  readonly organizationId: string;
  /** Canonical; null while a document is looked at for the first time. */
  readonly url: string | null;
  readonly documentUrl: string | null;
  readonly document: string | null;
  /** Null where there is none. */
  readonly credential: OpenedToolCredential | null;
}

/** What a tool said. Data, whatever it says. */
export interface ToolAnswer {
  /** False: the tool itself says that it failed. */
  readonly ok: boolean;
  readonly text: string;
}

export interface ToolInvocation {
  readonly tool: Pick<DiscoveredTool, 'name' | 'operation'>;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

/** The calls of one step to one endpoint. Rejects with `ToolError`, or when its signal is aborted. */
export interface ToolConnection {
  call(invocation: ToolInvocation): Promise<ToolAnswer>;
  /** Says goodbye, if there is anybody to say it to. Never rejects. */
  close(): Promise<void>;
}

/** How a kind of endpoint is spoken to. */
export interface ToolProtocol {
  /** Rejects with `ToolError`. */
  discover(doors: ToolDoors, place: ToolPlace, signal: AbortSignal): Promise<Discovered>;
  /** Nothing is sent before the first call. */
  connect(doors: ToolDoors, place: ToolPlace & { readonly url: string }): ToolConnection;
}

export interface ToolDoors {
  readonly egress: Pick<Egress, 'request'>;
}

/** What every request to an endpoint has in common. */
export function toolRequest(
  { organizationId }: Pick<ToolPlace, 'organizationId'>,
  signal: AbortSignal,
): Pick<EgressRequest, 'timeouts' | 'purpose' | 'organizationId' | 'signal'> {
  return { timeouts: { firstByteMs: 60_000, idleMs: 60_000, totalMs: 15 * 60_000 }, purpose: 'tool', organizationId, signal };
}
