import type { AttemptEnd, AttemptStart, CallMeter } from '@pipelines/contracts';
import type { AnswerSink } from '../answer-sink.ts';
import type { HeldCall } from '../held-call.ts';
import { streamHeaders } from '../stream-headers.ts';
import type { KeptAnswer } from './answer-cache.ts';
import type { AnswerPlace } from './answer-place.ts';
import type { CacheableCall, CacheDoors } from './cacheable-call.ts';
import { RecordingSink } from './recording-sink.ts';

/** Headers that belong to one call, and not to its answer. */
const ownHeaders = new Set(['x-request-id', 'request-id', 'x-pipelines-attempts', 'x-pipelines-credential']);

/** A call whose answer may be a kept one, and is kept otherwise. */
export class CachedCall {
  readonly #doors: CacheDoors;
  readonly #call: CacheableCall;
  readonly #place: AnswerPlace;
  readonly #forMs: number;
  /** How the last attempt has ended, and of which model it was. */
  #last: (AttemptEnd & { readonly slug: string | null }) | null = null;

  constructor(doors: CacheDoors, call: CacheableCall, place: AnswerPlace, forMs: number) {
    this.#doors = doors;
    this.#call = call;
    this.#place = place;
    this.#forMs = forMs;
  }

  /**
   * Gives the kept answer, and writes down what it has saved. False: there is none, and the provider must be asked.
   * @throws PipelinesError `rate_limited` where no more calls a minute may be made
   */
  async answer(sink: AnswerSink, held: HeldCall): Promise<boolean> {
    const { wish } = this.#call;
    const kept = wish?.fresh === true ? null : this.#find(wish?.maxAgeSeconds === undefined ? null : this.#forMs);
    this.#doors.countCached(kept !== null);
    if (kept === null) return false;
    const { asked, model, request } = this.#call;
    const { headers } = await held.admitFree(model);
    const { requestId } = asked;
    const { requestIdHeader } = request.dialect;
    this.#writeDown(kept);
    sink.start(200, {
      ...kept.headers,
      ...headers,
      'x-request-id': requestId,
      ...(requestIdHeader !== undefined && { [requestIdHeader]: requestId }),
      'x-pipelines-attempts': '0',
      'x-pipelines-credential': 'none',
      'x-pipelines-cache': 'hit',
      age: String(Math.floor(kept.ageMs / 1_000)),
    });
    sink.end(kept.bytes);
    return true;
  }

  /** The answer as it was given, or else one in the other form, said in this one. */
  #find(maxAgeMs: number | null): ReturnType<CacheDoors['cache']['find']> {
    const { cache } = this.#doors;
    const { key, other } = this.#place;
    const own = cache.find(key, maxAgeMs);
    if (own !== null || other === null) return own;
    const kept = cache.find(other.key, maxAgeMs);
    const bytes = kept === null ? null : other.rewrite(kept.bytes);
    if (kept === null || bytes === null) return null;
    const isStream = this.#call.request.chat.value.stream === true;
    return { ...kept, bytes, headers: toHeaders(kept.headers, isStream, bytes.length) };
  }

  /** The caller's connection, taking down what goes to it. */
  record(sink: AnswerSink): AnswerSink {
    return new RecordingSink(sink, this.#doors.cache.maxAnswerBytes, (headers, bytes) => this.#keep(headers, bytes));
  }

  /** The same meter, from which this call hears how its attempts end. */
  listen(meter: CallMeter): CallMeter {
    return {
      writeHeld: () => meter.writeHeld(),
      begin: (start: AttemptStart) => {
        const record = meter.begin(start);
        return {
          attemptId: record.attemptId,
          end: (result: AttemptEnd) => {
            this.#last = { ...result, slug: start.slug };
            return record.end(result);
          },
        };
      },
    };
  }

  /** Only whole answers of the model itself: what stood in for it once is not what it says. */
  #keep(headers: Readonly<Record<string, string>>, bytes: Buffer): void {
    if (this.#last?.status !== 'succeeded' || this.#last.slug !== this.#call.model.slug) return;
    const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !ownHeaders.has(name) && !name.startsWith('x-ratelimit-')));
    const { usage, finishReason } = this.#last;
    this.#doors.cache.keep(this.#place.key, { headers: kept, bytes, usage, finishReason }, this.#forMs);
  }

  #writeDown({ usage, finishReason }: KeptAnswer): void {
    const { asked, model, request } = this.#call;
    const { principal, apiKeyId, memberId, requestId, source } = asked;
    const record = this.#doors.meter.begin({
      organizationId: principal.organizationId,
      requestId,
      source,
      slug: model.slug,
      kind: model.kind,
      provider: model.provider,
      providerModelId: model.target.providerModelId,
      credentialId: null,
      apiKeyId,
      memberId,
      stream: request.chat.value.stream === true,
      prices: { ...model.prices },
      fromCache: true,
    });
    record.end({ status: 'succeeded', httpStatus: null, cause: null, finishReason, usage, latencyMs: 0, firstByteMs: 0 });
  }
}

/** The headers of an answer in its other form. */
function toHeaders(given: KeptAnswer['headers'], isStream: boolean, bytes: number): KeptAnswer['headers'] {
  const { 'content-length': _, 'x-accel-buffering': __, ...headers } = given;
  return isStream ? { ...headers, ...streamHeaders } : { ...headers, 'content-type': 'application/json', 'content-length': String(bytes) };
}
