import type { ChatCall, PreparedRequest } from '../adapter.ts';
import { modelPath } from './model-path.ts';
import { toGenerate } from './to-generate.ts';

/** The call as a request to generate content, plain or streamed. */
export function prepareRequest({ target, body, stream }: ChatCall): PreparedRequest {
  const { body: request, changes } = toGenerate(body.value, target);
  return {
    method: 'POST',
    url: `${target.baseUrl}/${modelPath(target.providerModelId)}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    headers: { 'content-type': 'application/json', accept: stream ? 'text/event-stream' : 'application/json' },
    body: Buffer.from(JSON.stringify(request)),
    auth: target.authScheme,
    region: null,
    changes,
  };
}
