import type { ToolCall, ToolCallEntry } from '@pipelines/contracts';
import { v5 as uuidv5 } from 'uuid';
import { storable } from '../../lanes/step-run-row.ts';
import { describeToolCause } from '../describe-tool-cause.ts';
import { ToolError } from '../tool-error.ts';
import type { ToolsContext } from '../tools-context.ts';
import type { BoundTool } from './read-bound-tools.ts';
import { type BegunCall, beginCall, type EndedCall, endCall, findAnswered } from './tool-call-rows.ts';
import type { OpenConnection, SessionOwner } from './tool-session.ts';

export interface AskedCall {
  /** Of its row: in the order in which the model has asked. */
  readonly id: string;
  readonly owner: SessionOwner;
  readonly call: ToolCall;
  readonly round: number;
  /** How often the same call stands before it in the same answer. */
  readonly asked: number;
  /** Null: the model has invented it. */
  readonly bound: BoundTool | null;
  readonly connect: (bound: BoundTool) => Promise<OpenConnection>;
  /** Told as it begins and as it ends. */
  readonly onCall: (call: ToolCallEntry) => void;
}

const timeoutMs = 60_000;
/** What a model is given of an answer. */
const maxResultLength = 64_000;

/**
 * One call: written down, made, its answer written down. What an earlier try of the run was answered is not asked
 * again. Answers the text for the model; rejects only when the step is over.
 */
export async function callTool(context: ToolsContext, asked: AskedCall, signal: AbortSignal): Promise<string> {
  const { owner, call, round, bound } = asked;
  const args = readArguments(call.function.arguments);
  const tool = bound?.tool.name ?? call.function.name.slice(0, 128);
  const idempotencyKey = uuidv5(
    JSON.stringify([round, bound?.endpoint.id, tool, args ?? call.function.arguments, asked.asked]),
    owner.idempotencyKey,
  );
  const answered = await findAnswered(context, owner, idempotencyKey);
  if (answered !== null) return answered;
  const begun = {
    id: asked.id,
    idempotencyKey,
    round,
    endpointId: bound?.endpoint.id ?? null,
    endpointName: bound?.endpoint.name ?? null,
    tool,
    arguments: storable(args ?? call.function.arguments),
  };
  await beginCall(context, owner, begun);
  const told = describeCall(begun);
  asked.onCall(told);
  const startedAt = performance.now();
  const ended = await makeCall(asked, args, idempotencyKey, signal);
  const latencyMs = Math.round(performance.now() - startedAt);
  await endCall(context, owner, idempotencyKey, { ...ended, latencyMs });
  asked.onCall({ ...told, ...ended, latency_ms: latencyMs });
  const { organizationId, stepRunId } = owner;
  context.log({ event: 'tool_called', organizationId, stepRunId, endpointId: bound?.endpoint.id ?? null, status: ended.status, latencyMs });
  signal.throwIfAborted();
  return ended.result ?? ended.error ?? '';
}

function describeCall({ id, round, endpointId, endpointName, tool, arguments: args }: BegunCall): ToolCallEntry {
  const unanswered = { status: 'running', result: null, error: null, latency_ms: null } as const;
  const startedAt = new Date().toISOString();
  return { id, round, endpoint_id: endpointId, endpoint_name: endpointName, tool, arguments: args, ...unanswered, started_at: startedAt };
}

type Outcome = Omit<EndedCall, 'latencyMs'>;

async function makeCall(
  { bound, connect, call }: AskedCall,
  args: Record<string, unknown> | null,
  idempotencyKey: string,
  signal: AbortSignal,
): Promise<Outcome> {
  if (bound === null) return failed(`There is no tool "${call.function.name.slice(0, 128)}".`);
  if (args === null) return failed('The arguments are not a JSON object.');
  try {
    const { connection, hide } = await connect(bound);
    const clock = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const { ok, text } = await connection.call({ tool: bound.tool, arguments: args, idempotencyKey, signal: clock });
    const result = shorten(storable(hide(text)) as string);
    return ok ? { status: 'succeeded', result, error: null } : { status: 'failed', result, error: 'The tool says that it failed.' };
  } catch (error) {
    if (signal.aborted) return failed('The step ended before the tool answered.');
    if (error instanceof ToolError) return failed(`The tool could not be called. ${describeToolCause(error.cause).message}`);
    // A credential that cannot be opened, a database that is away: nothing that another answer of the model could mend.
    throw error;
  }
}

const failed = (error: string): Outcome => ({ status: 'failed', result: null, error });

/** Models write no text at all where a tool takes nothing. Null: not an object. */
function readArguments(text: string): Record<string, unknown> | null {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function shorten(text: string): string {
  if (text.length <= maxResultLength) return text;
  return `${text.slice(0, maxResultLength)}\n[cut off: ${text.length - maxResultLength} more characters]`;
}
