import { type ChatTool, maxToolsOfCall, type ToolBinding, type ToolCallEntry } from '@pipelines/contracts';
import { v7 as uuidv7 } from 'uuid';
import { StepFailure } from '../../steps/step-failure.ts';
import { placeOfRow } from '../endpoints/tool-place.ts';
import { toolProtocols } from '../tool-protocols.ts';
import type { ToolsContext } from '../tools-context.ts';
import { callTool } from './call-tool.ts';
import { nameTools } from './name-tools.ts';
import { type BoundTool, readBoundTools } from './read-bound-tools.ts';
import type { OpenConnection, SessionOwner, ToolSession } from './tool-session.ts';

/** More calls in one answer are no plan but a runaway. */
const maxCallsOfRound = 32;

/** @throws StepFailure `tool_unavailable`, `tool_limit_reached` where they are more than a model takes */
export async function openToolSession(
  context: ToolsContext,
  owner: SessionOwner,
  bindings: readonly ToolBinding[],
  onCall: (call: ToolCallEntry) => void = () => undefined,
): Promise<ToolSession> {
  const bound = await readBoundTools(context, owner, bindings);
  if (bound.length > maxToolsOfCall) {
    const message = `The step "${owner.step}" has ${bound.length} tools, and a model takes at most ${maxToolsOfCall}. Choose some of them.`;
    throw new StepFailure('tool_limit_reached', message);
  }
  const names = nameTools(bound.map(({ endpoint, tool }) => ({ endpointId: endpoint.id, endpointName: endpoint.name, name: tool.name })));
  const byName = new Map(names.map((name, index) => [name, bound[index] as BoundTool]));
  const connections = new Map<string, Promise<OpenConnection>>();

  function connect({ endpoint }: BoundTool): Promise<OpenConnection> {
    const known = connections.get(endpoint.id);
    if (known) return known;
    const opening = placeOfRow(context, endpoint).then((place) => ({
      connection: toolProtocols[endpoint.kind].connect(context, place),
      hide: place.credential?.hide ?? ((text: string) => text),
    }));
    connections.set(endpoint.id, opening);
    return opening;
  }

  return {
    tools: names.map((name, index) => toChatTool(name, (bound[index] as BoundTool).tool)),
    callAll(calls, round, signal) {
      return Promise.all(
        calls.map((call, place) => {
          if (place >= maxCallsOfRound) return 'This call was not made: there are too many in one answer.';
          const asked = calls.slice(0, place).filter((each) => isSame(each, call)).length;
          return callTool(
            context,
            { id: uuidv7(), owner, call, round, asked, bound: byName.get(call.function.name) ?? null, connect, onCall },
            signal,
          );
        }),
      );
    },
    async close() {
      const opened = await Promise.allSettled(connections.values());
      await Promise.all(opened.map((each) => (each.status === 'fulfilled' ? each.value.connection.close() : undefined)));
    },
  };
}

function toChatTool(name: string, { description, inputSchema }: BoundTool['tool']): ChatTool {
  return { type: 'function', function: { name, ...(description !== '' && { description }), parameters: inputSchema } };
}

function isSame(
  { function: a }: { function: { name: string; arguments: string } },
  { function: b }: { function: { name: string; arguments: string } },
): boolean {
  return a.name === b.name && a.arguments === b.arguments;
}
