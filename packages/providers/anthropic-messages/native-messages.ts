import type { TokenUsage } from '@pipelines/contracts';
import type { NativeAnswer, NativeCall, NativeWire, RawResponse } from '../adapter.ts';
import { editJsonBody } from '../edit-json-body.ts';
import { observeTypedEvents, type TypedEventReader } from '../observe-typed-events.ts';
import { parseAnswerObject } from '../translated-answer.ts';
import { UpstreamError } from '../upstream-error.ts';
import { classifyInBandError } from './classify-error.ts';
import { readMessagesUsage } from './messages-usage.ts';
import { wireHeaders } from './prepare-request.ts';
import { toFinishReason } from './stop-reason.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Callers of the Messages API and models that speak it: only the model's name is ours. */
export const nativeMessages: NativeWire = {
  prepare: prepareNative,
  readAnswer: readNativeAnswer,
  observe: () => observeTypedEvents(new MessageEventReader()),
  createCounter: createUsageCounter,
};

function prepareNative({ target, body, stream, headers }: NativeCall) {
  return {
    method: 'POST' as const,
    url: `${target.baseUrl}/messages`,
    headers: {
      'content-type': 'application/json',
      accept: stream ? 'text/event-stream' : 'application/json',
      ...wireHeaders,
      ...headers,
    },
    body: editJsonBody(body, { set: { model: target.providerModelId }, remove: [] }),
    auth: target.authScheme,
    region: null,
    changes: [],
  };
}

function readNativeAnswer(response: RawResponse): NativeAnswer {
  const answer = parseAnswerObject(response);
  if (answer.type === 'error') throw classifyInBandError(answer);
  if (!Array.isArray(answer.content)) throw new UpstreamError('not_openai_shape', { status: response.status, detail: 'shape' });
  return { printedUsage: answer.usage, usage: readMessagesUsage(answer.usage), finishReason: toFinishReason(answer.stop_reason) };
}

/** Usage begins with the message and is whole at its end; what a later event leaves open stays as it was told before. */
function createUsageCounter(): (usage: unknown) => TokenUsage | null {
  let counts: Fields = {};
  return (usage) => {
    const told = Object.entries(fieldsOf(usage)).filter(([, value]) => value !== null);
    counts = { ...counts, ...Object.fromEntries(told) };
    return readMessagesUsage(counts);
  };
}

class MessageEventReader implements TypedEventReader {
  usage: TokenUsage | null = null;
  finishReason: string | null = null;
  complete = false;
  readonly #count = createUsageCounter();

  take(event: Fields): UpstreamError | null {
    if (event.type === 'error' || 'error' in event) return classifyInBandError(event);
    const usage = event.usage ?? fieldsOf(event.message).usage;
    const counts = this.#count(usage ?? {});
    // What a message begins with does not count its answer, which is not there yet.
    if (event.type === 'message_delta') this.usage = counts ?? this.usage;
    const stopReason = fieldsOf(event.delta).stop_reason;
    if (event.type === 'message_delta' && typeof stopReason === 'string') this.finishReason = toFinishReason(stopReason);
    if (event.type === 'message_stop') this.complete = true;
    return null;
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
