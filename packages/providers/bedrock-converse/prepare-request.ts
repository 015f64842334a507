import type { ChatCall, PreparedRequest } from '../adapter.ts';
import { toPathSegment } from '../path-segment.ts';
import { toConverse } from './to-converse.ts';

/** The call as a Converse request, plain or streamed. */
export function prepareRequest({ target, body, stream }: ChatCall): PreparedRequest {
  const { body: converse, changes } = toConverse(body.value, target);
  const model = toPathSegment(target.providerModelId);
  return {
    method: 'POST',
    url: `${target.baseUrl}/model/${model}/${stream ? 'converse-stream' : 'converse'}`,
    headers: { 'content-type': 'application/json', accept: stream ? 'application/vnd.amazon.eventstream' : 'application/json' },
    body: Buffer.from(JSON.stringify(converse)),
    auth: target.authScheme,
    region: target.region,
    changes,
  };
}
