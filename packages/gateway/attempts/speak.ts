import {
  type AdapterTarget,
  adapters,
  type NativeCall,
  type NativeWire,
  type PreparedRequest,
  type ProviderAdapter,
} from '@pipelines/providers';
import type { ModelRoute } from '@pipelines/registry';
import { chatDialect } from '../dialects/chat/chat-dialect.ts';
import type { Dialect, SpokenRequest } from '../dialects/dialect.ts';

/** How a request is said to one model. */
export interface Speech {
  readonly prepared: PreparedRequest;
  /** The caller's own dialect, where the model understands it. Null: the request was translated from a chat, or is one. */
  readonly native: { readonly wire: NativeWire; readonly call: NativeCall } | null;
  /** The dialect of the answer's bytes, as the gateway reads them. */
  readonly spoken: Dialect;
  /** What was dropped or rewritten, and why. */
  readonly changes: readonly string[];
}

/**
 * In the caller's own words where the model understands them, otherwise in its protocol's.
 * @throws PipelinesError `unsupported_parameter` for what the protocol has no words for
 */
export function speak(
  { chat, native, dialect, dropped = [] }: SpokenRequest,
  { protocol, target }: Pick<ModelRoute, 'protocol'> & { readonly target: AdapterTarget },
): Speech {
  const adapter = adapters[protocol];
  const stream = chat.value.stream === true;
  const own = findOwnWords({ native, dropped }, adapter, target);
  if (own.native === null) {
    const prepared = adapter.prepare({ target, body: chat, stream });
    const changes = own.lost.length === 0 ? prepared.changes : [...own.lost, ...prepared.changes];
    return { prepared, native: null, spoken: chatDialect, changes };
  }
  const { wire, body, headers } = own.native;
  const call = { target, body, headers, stream };
  const prepared = wire.prepare(call);
  return { prepared, native: { wire, call }, spoken: dialect, changes: prepared.changes };
}

/** The caller's own words as a model takes them, or what is lost where it takes a chat only. */
export interface OwnWords {
  readonly native: { readonly wire: NativeWire; readonly body: NativeCall['body']; readonly headers: NativeCall['headers'] } | null;
  readonly lost: readonly string[];
}

/** @throws PipelinesError `unsupported_parameter` for what makes no sense in any other words */
export function findOwnWords(
  { native, dropped = [] }: Pick<SpokenRequest, 'native' | 'dropped'>,
  adapter: ProviderAdapter,
  target: AdapterTarget,
): OwnWords {
  const wire = native === null ? null : (adapter.native?.(native.dialect, target) ?? null);
  if (native !== null && wire !== null) return { native: { wire, body: native.body, headers: native.headers }, lost: [] };
  if (native?.untranslatable != null) throw native.untranslatable;
  return { native: null, lost: native?.lost ?? dropped };
}
