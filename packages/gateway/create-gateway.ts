import {
  type CallAdmission,
  type CallableModel,
  type CallMeter,
  type ContentKeeper,
  type Log,
  PipelinesError,
  type Principal,
} from '@pipelines/contracts';
import type { Egress } from '@pipelines/egress';
import type { Registry } from '@pipelines/registry';
import { calculateCost } from '@pipelines/usage';
import { AnswerCache } from './cache/answer-cache.ts';
import { keyPrefix } from './cache/open-cached-call.ts';
import { type ChatInput, completeChat } from './complete-chat.ts';
import { type ChatOnceInput, type ChatOnceResult, completeChatOnce } from './complete-chat-once.ts';
import { type CountInput, countTokens } from './counting/count-tokens.ts';
import { createKeepAlive } from './keep-alive.ts';
import { type RouteCounts, type RouteState, RouteStates } from './routing/route-states.ts';

export interface GatewayOptions {
  readonly registry: Pick<Registry, 'resolve' | 'resolveName' | 'listCallable'>;
  readonly egress: Pick<Egress, 'dispatch' | 'request'>;
  /** The way out for images at addresses that callers name: to public hosts only, whatever else is open. */
  readonly imageEgress: Pick<Egress, 'request'>;
  readonly meter: CallMeter;
  /** What limits and budgets leave. */
  readonly admission: CallAdmission;
  /** Where contents are kept; nowhere where it is left out. */
  readonly contents?: ContentKeeper;
  readonly log: Log;
  /** Silence in a stream after which a comment tells the caller that we are still there. Default 15 seconds. */
  readonly keepAliveMs?: number;
}

/** How a route of a model fares, named by its credential. */
export interface ListedRouteState extends RouteState {
  readonly credentialId: string | null;
}

export interface CacheCounts {
  readonly hits: number;
  readonly misses: number;
  readonly bytes: number;
}

/** The one way to call a model: for programs, the playground and workflows alike. */
export interface Gateway {
  /**
   * Answers one chat completion into the sink and resolves when the answer has ended or the caller has gone.
   * Rejects with PipelinesError while nothing has been written; later errors are told inside the stream.
   */
  completeChat(input: ChatInput): Promise<void>;
  /**
   * One whole chat for a caller inside this process. `signal` cancels it at the provider too.
   * Rejects with PipelinesError; `onAttempt` has then told what it cost all the same.
   */
  completeChatOnce(input: ChatOnceInput): Promise<ChatOnceResult>;
  /**
   * Answers the count of a prompt's tokens into the sink, as the provider counts it.
   * Rejects with PipelinesError while nothing has been written.
   */
  countTokens(input: CountInput): Promise<void>;
  /** What a call of this size costs at the model's prices of now, in USD; null where one is unknown, or the model. */
  priceCall(
    organizationId: string,
    slug: string,
    size: { readonly promptTokens: number; readonly completionTokens: number },
  ): string | null;
  /** The models that this caller may call. */
  listModels(principal: Principal): readonly CallableModel[];
  /** @throws PipelinesError `model_not_found` */
  getModel(principal: Principal, slug: string): CallableModel;
  /** How the routes of a model fare in this process; none where there is no such model. */
  listRouteStates(organizationId: string, slug: string): readonly ListedRouteState[];
  /** How many routes are left alone at this moment. */
  countRoutes(): RouteCounts;
  /** Calls that looked for a kept answer since the start, and what the kept ones take. */
  countCache(): CacheCounts;
  /** Throws away the answers of a model that this process keeps, at once. */
  forgetAnswers(organizationId: string, slug: string): void;
  /** Stops the clock behind the comments of silent streams. */
  close(): void;
}

const defaultKeepAliveMs = 15_000;
const noContents: ContentKeeper = { begin: () => null };

export function createGateway({
  registry,
  egress,
  imageEgress,
  meter,
  admission,
  contents = noContents,
  log,
  keepAliveMs = defaultKeepAliveMs,
}: GatewayOptions): Gateway {
  const keepAlive = createKeepAlive(keepAliveMs);
  const routeStates = new RouteStates(({ slug, credentialId }, state, cause) =>
    log({ event: 'route_changed', slug, credentialId, state, cause }),
  );
  const cache = new AnswerCache();
  let [hits, misses] = [0, 0];
  const countCached = (isHit: boolean) => {
    if (isHit) hits += 1;
    else misses += 1;
  };
  const doors = { cache, countCached, registry, egress, imageEgress, meter, admission, contents, log, keepAlive, routeStates };
  const listModels = (principal: Principal) => registry.listCallable(principal.organizationId, principal.allowedModels);
  return {
    completeChat: (input) => completeChat(doors, input),
    completeChatOnce: (input) => completeChatOnce(doors, input),
    countTokens: (input) => countTokens(doors, input),
    priceCall(organizationId, slug, { promptTokens, completionTokens }) {
      const prices = registry.resolve(organizationId, slug)?.prices;
      const usage = {
        promptTokens,
        completionTokens,
        cachedTokens: null,
        cacheWriteTokens: null,
        reasoningTokens: null,
        providerCost: null,
      };
      return prices === undefined ? null : calculateCost(usage, prices, 0);
    },
    listModels,
    getModel(principal, slug) {
      const model = listModels(principal).find(({ id }) => id === slug);
      if (model === undefined) throw new PipelinesError('model_not_found');
      return model;
    },
    listRouteStates(organizationId, slug) {
      const routes = registry.resolve(organizationId, slug)?.routes ?? [];
      return routes.map((route) => ({ credentialId: route.credentialId, ...routeStates.of(route) }));
    },
    countRoutes: () => routeStates.count(),
    countCache: () => ({ hits, misses, bytes: cache.bytes }),
    forgetAnswers: (organizationId, slug) => cache.forget(keyPrefix(organizationId, slug)),
    close() {
      keepAlive.close();
      cache.close();
    },
  };
}
