import type { Egress } from '@pipelines/egress';
import {
  type AdapterTarget,
  adapters,
  authorizeRequest,
  type ProviderAdapter,
  type RawResponse,
  type TokenCount,
} from '@pipelines/providers';
import type { ModelRoute, ResolvedModel } from '@pipelines/registry';
import { describeAnswer } from '../answer-headers.ts';
import { findOwnWords } from '../attempts/speak.ts';
import type { SpokenRequest } from '../dialects/dialect.ts';
import { refuseCount } from './refuse-count.ts';

export interface RouteCount {
  readonly input: { readonly principal: { readonly organizationId: string }; readonly requestId: string };
  readonly model: ResolvedModel;
  readonly route: ModelRoute;
  readonly request: SpokenRequest;
  readonly signal: AbortSignal;
}

/** A count, and the headers that it is answered with. */
export interface AskedCount {
  readonly count: TokenCount;
  readonly headers: Readonly<Record<string, string>>;
}

const maxCountBytes = 64 * 1024;

/** Asks one provider for a count. @throws `UpstreamError`, `EgressError`, PipelinesError `count_unsupported`, `unsupported_parameter` */
export async function askRoute(
  { egress }: { readonly egress: Pick<Egress, 'request'> },
  { input, model, route, request, signal }: RouteCount,
): Promise<AskedCount> {
  const adapter = adapters[route.protocol];
  const { counting } = adapter;
  if (counting === undefined) throw refuseCount(model);
  const own = findOwnWords(request, adapter, route.target);
  const prepared = counting.prepare({ target: route.target, chat: request.chat, native: own.native });
  const { url, method, headers, body } = await authorizeRequest(prepared, await route.credential());
  const { organizationId } = input.principal;
  const answer = await egress.request({
    url,
    method,
    headers,
    ...(body !== null && { body }),
    timeouts: route.timeouts,
    maxResponseBytes: maxCountBytes,
    purpose: 'gateway',
    organizationId,
    signal,
  });
  const response = { status: answer.status, headers: answer.headers, body: await answer.bytes() };
  if (response.status < 200 || response.status >= 300) throw classify(response, adapter, route.target, model);
  const count = counting.read(response);
  const changes = [...own.lost, ...prepared.changes];
  const { dialect } = request;
  return { count, headers: describeAnswer({ requestId: input.requestId, route, dialect, changes }) };
}

/** Some models cannot be counted where others can, and some servers of a protocol have no such route. */
function classify(response: RawResponse, adapter: ProviderAdapter, target: AdapterTarget, model: ResolvedModel): Error {
  const error = adapter.classify(response, target);
  const cannotCount =
    (error.reason === 'feature_unsupported' && error.detail === 'counting') ||
    (error.reason === 'not_openai_shape' && error.detail === 'path');
  return cannotCount ? refuseCount(model) : error;
}
