import type { ToolCause, ToolEndpointKind } from '@pipelines/contracts';
import { storable } from '../../lanes/step-run-row.ts';
import { ToolError } from '../tool-error.ts';
import type { Discovered, DiscoveredTool, ToolPlace } from '../tool-protocol.ts';
import { toolProtocols } from '../tool-protocols.ts';
import type { ToolsContext } from '../tools-context.ts';

/** What a look has found. */
export interface Looked {
  readonly cause: ToolCause | null;
  readonly latencyMs: number;
  readonly found: Discovered;
}

const timeoutMs = 20_000;
/** What a tool may say of itself. */
const maxDescription = 4_000;
const maxSchemaLength = 50_000;
const nothing: Discovered = { tools: [], leftOut: 0, suggestedUrl: null };

/** Reads the tools of an endpoint. A failure is a result; it rejects only when the caller goes away. */
export async function lookAtEndpoint(
  { egress }: Pick<ToolsContext, 'egress'>,
  kind: ToolEndpointKind,
  place: ToolPlace,
  signal: AbortSignal,
): Promise<Looked> {
  const startedAt = performance.now();
  const clock = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const latency = () => Math.round(performance.now() - startedAt);
  try {
    const found = tidy(await toolProtocols[kind].discover({ egress }, place, clock), place);
    return { cause: found.tools.length === 0 ? 'no_tools' : null, latencyMs: latency(), found };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ToolError)) throw error;
    return { cause: error.cause, latencyMs: latency(), found: nothing };
  }
}

/** Whatever the other side says: without the secret that it was sent, of a bounded size, and such that a database takes it. */
function tidy({ tools, leftOut, suggestedUrl }: Discovered, { credential }: ToolPlace): Discovered {
  const hide = credential?.hide ?? ((text: string) => text);
  const tidied = tools.map((tool): DiscoveredTool | null => {
    const description = tool.description.slice(0, maxDescription);
    const text = hide(JSON.stringify({ ...tool, description }));
    return text.length > maxSchemaLength ? null : (storable(JSON.parse(text)) as DiscoveredTool);
  });
  const kept = tidied.filter((tool) => tool !== null);
  return { tools: kept, leftOut: leftOut + tools.length - kept.length, suggestedUrl };
}
