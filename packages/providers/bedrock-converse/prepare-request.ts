import type { ChatCall, PreparedRequest } from '../adapter.ts';
import { toConverse } from './to-converse.ts';

/** The call as a Converse request, plain or streamed. */
export function prepareRequest({ target, body, stream }: ChatCall): PreparedRequest {
  const { body: converse, changes } = toConverse(body.value, target);
  // An ID may be an ARN, with slashes: it is one segment, and can never be another path.
  const model = encodeURIComponent(target.providerModelId);
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
