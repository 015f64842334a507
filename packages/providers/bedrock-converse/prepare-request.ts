import type { ChatCall, PreparedRequest } from '../adapter.ts';
import { UpstreamError } from '../upstream-error.ts';
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

/** An ID may be an ARN, with slashes: it is one segment, and can never be another path. */
function toPathSegment(providerModelId: string): string {
  if (/^\.{1,2}$/.test(providerModelId)) throw new UpstreamError('model_not_found');
  return encodeURIComponent(providerModelId);
}
