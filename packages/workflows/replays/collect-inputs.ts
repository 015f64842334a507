import { PipelinesError, type Principal, type ReplayAnswer, type ReplayBody } from '@pipelines/contracts';
import { readKeptCall } from '@pipelines/gateway';
import { parsePasted } from './parse-pasted.ts';
import { type ReplayRequest, toReplayRequest } from './replay-request.ts';
import type { RecentCall, ReplaysContext } from './replays-context.ts';

/** One input of a replay; with what the model answered then, where it comes from the log. */
export interface CollectedInput {
  readonly request: ReplayRequest;
  readonly logged: { readonly call: RecentCall; readonly answer: ReplayAnswer } | null;
}

/**
 * The inputs of a replay. Calls that another model could not be asked in the same words are passed over.
 * @throws PipelinesError `model_not_found`, `model_inactive`, `invalid_request`, `content_unreadable`
 */
export async function collectInputs(
  { registry, contents }: ReplaysContext,
  principal: Principal,
  slug: string,
  { to, inputs }: ReplayBody,
): Promise<readonly CollectedInput[]> {
  for (const asked of inputs.kind === 'pasted' ? [to, slug] : [to]) {
    const model = registry.resolve(principal.organizationId, asked);
    if (model === null) throw new PipelinesError('model_not_found', { detail: `There is no model "${asked}".` });
    if (!model.active) throw new PipelinesError('model_inactive', { detail: `The model "${asked}" has been deactivated.` });
  }
  if (to === slug) throw new PipelinesError('invalid_request', { fields: [{ field: 'to', message: 'Another model than this one' }] });
  if (inputs.kind === 'pasted') return parsePasted(inputs.jsonl).map((request) => ({ request, logged: null }));
  const calls = await contents.readRecent(principal, { slug, limit: inputs.limit });
  const collected = calls.flatMap(toInput);
  if (collected.length === 0) {
    throw new PipelinesError('invalid_request', {
      detail: 'No recent call of this model is kept with its request and answer.',
      fix: 'Switch content logging on under Settings and call the model, or paste a set of requests.',
      fields: [{ field: 'inputs', message: 'Nothing is kept of this model' }],
    });
  }
  return collected;
}

function toInput(call: RecentCall): CollectedInput[] {
  const kept = readKeptCall(call.request.text, call.answer.text);
  const request = toReplayRequest(kept?.request);
  if (kept === null || request === null) return [];
  const { text, toolCalls } = kept.answer;
  return [{ request, logged: { call, answer: { text, tool_calls: [...toolCalls] } } }];
}
