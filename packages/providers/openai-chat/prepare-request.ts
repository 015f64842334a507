import type { ChatRequest } from '@pipelines/contracts';
import type { AdapterTarget, ChatCall, PreparedRequest } from '../adapter.ts';
import { editJsonBody } from '../edit-json-body.ts';
import { type JsonBody, parseJsonBody } from '../json-body.ts';
import { fitComposed } from './fit-composed.ts';
import { mapMaxTokens } from './map-max-tokens.ts';
import { mapReasoning } from './map-reasoning.ts';
import { Patch } from './patch.ts';
import { renameDeveloperRole } from './rename-developer-role.ts';

/** The caller's own bytes with what this provider needs otherwise spliced in. */
export function prepareRequest({ target, body, stream }: ChatCall): PreparedRequest {
  const request = body.value;
  const patch = new Patch();
  const asksWhole = stream && target.quirks.streamedTools === false && Array.isArray(request.tools) && request.tools.length > 0;
  if (request.model !== target.providerModelId) patch.set('model', target.providerModelId);
  if (asksWhole) askForWhole(request, patch);
  else if ((request.stream === true) !== stream) patch.set('stream', stream);
  if (stream && !asksWhole) askForUsage(body, patch);
  mapMaxTokens(request, target, patch);
  mapRoles(body, target, patch);
  if (body.composed === true) fitComposed(request, target, patch);
  mapReasoning(request, target, patch);
  mapLogprobs(request, target, patch);
  mapStop(request, target, patch);
  return {
    method: 'POST',
    url: `${target.baseUrl}/chat/completions`,
    headers: { 'content-type': 'application/json', accept: stream && !asksWhole ? 'text/event-stream' : 'application/json' },
    body: editJsonBody(body, { set: patch.fields, remove: patch.removed }),
    auth: target.authScheme,
    region: null,
    changes: patch.changes,
    ...(asksWhole && { asksWhole }),
  };
}

function askForWhole(request: ChatRequest, patch: Patch): void {
  patch.set('stream', false, 'answered whole, since its streams tell no whole tool calls');
  if (Object.hasOwn(request, 'stream_options')) patch.remove('stream_options', null);
}

/** Always: without it a stream has no bill. The observer takes the extra chunk out again. */
function askForUsage(body: JsonBody<ChatRequest>, patch: Patch): void {
  const given = body.value.stream_options;
  if (given?.include_usage === true) return;
  const asking = { include_usage: true };
  const bytes = given == null ? null : bytesOf(body, 'stream_options');
  patch.set('stream_options', bytes === null ? asking : editJsonBody(parseJsonBody(bytes), { set: asking, remove: [] }));
}

function mapRoles(body: JsonBody<ChatRequest>, target: AdapterTarget, patch: Patch): void {
  const { messages } = body.value;
  if (target.quirks.developerRole !== false || !Array.isArray(messages)) return;
  if (!messages.some((message) => message?.role === 'developer')) return;
  const bytes = bytesOf(body, 'messages');
  if (bytes !== null) patch.set('messages', renameDeveloperRole(bytes), 'role developer sent as system');
}

/** A top-level field's value, as the caller wrote it. */
function bytesOf(body: JsonBody<ChatRequest>, field: string): Uint8Array | null {
  const span = body.fields.get(field);
  return span === undefined ? null : body.bytes.subarray(span.valueStart, span.valueEnd);
}

function mapLogprobs(request: ChatRequest, target: AdapterTarget, patch: Patch): void {
  if (target.quirks.logprobs !== 'integer' || typeof request.logprobs === 'number') return;
  const count = typeof request.top_logprobs === 'number' ? request.top_logprobs : null;
  if (request.logprobs === true) patch.set('logprobs', count ?? 1, 'sent as a number');
  else if (Object.hasOwn(request, 'logprobs')) patch.remove('logprobs', null);
  if (Object.hasOwn(request, 'top_logprobs')) patch.remove('top_logprobs', request.logprobs === true ? 'sent as logprobs' : null);
}

function mapStop(request: ChatRequest, target: AdapterTarget, patch: Patch): void {
  if (target.quirks.stop === 'array' && typeof request.stop === 'string') patch.set('stop', [request.stop]);
}
