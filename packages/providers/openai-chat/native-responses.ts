import type { TokenUsage } from '@pipelines/contracts';
import type { AdapterTarget, NativeAnswer, NativeCall, NativeWire, PreparedRequest, RawResponse } from '../adapter.ts';
import { editJsonBody } from '../edit-json-body.ts';
import { observeTypedEvents, type TypedEventReader } from '../observe-typed-events.ts';
import { readUsage } from '../read-usage.ts';
import { parseAnswerObject } from '../translated-answer.ts';
import { UpstreamError } from '../upstream-error.ts';
import { classifyInBandError } from './classify-error.ts';
import { Patch } from './patch.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Callers of the Responses API, and models of a provider that speaks it. */
export const nativeResponses: NativeWire = {
  prepare: prepareNative,
  readAnswer: readNativeAnswer,
  observe: (target) => observeTypedEvents(new ResponseEventReader(target)),
  createCounter: () => (usage) => readResponsesUsage(usage),
};

function prepareNative({ target, body, stream }: NativeCall): PreparedRequest {
  const patch = new Patch();
  patch.set('model', target.providerModelId);
  if (body.value.store !== false) patch.set('store', false, 'set to false, responses are not kept');
  if (body.value.max_output_tokens == null && target.maxTokens !== null) {
    patch.set('max_output_tokens', target.maxTokens, "set to the model's limit");
  }
  return {
    method: 'POST',
    url: `${target.baseUrl}/${target.quirks.responsesPath}`,
    headers: { 'content-type': 'application/json', accept: stream ? 'text/event-stream' : 'application/json' },
    body: editJsonBody(body, { set: patch.fields, remove: patch.removed }),
    auth: target.authScheme,
    region: null,
    changes: patch.changes,
  };
}

function readNativeAnswer(response: RawResponse, target: AdapterTarget): NativeAnswer {
  const answer = parseAnswerObject(response);
  if (answer.error != null) throw classifyInBandError(answer, target.quirks);
  if (!Array.isArray(answer.output)) throw new UpstreamError('not_openai_shape', { status: response.status, detail: 'shape' });
  return {
    printedUsage: answer.usage,
    usage: readResponsesUsage(answer.usage, answer.service_tier),
    finishReason: readFinishReason(answer),
  };
}

/** The counts under their names in a chat. */
function readResponsesUsage(value: unknown, serviceTier?: unknown): TokenUsage | null {
  const usage = fieldsOf(value);
  const counts = {
    prompt_tokens: usage.input_tokens,
    completion_tokens: usage.output_tokens,
    prompt_tokens_details: usage.input_tokens_details,
    completion_tokens_details: usage.output_tokens_details,
    server_tool_use: usage.server_tool_use,
    server_tool_use_details: usage.server_tool_use_details,
  };
  return readUsage(counts, '', serviceTier);
}

const incompleteReasons: Readonly<Record<string, string>> = { max_output_tokens: 'length', content_filter: 'content_filter' };

function readFinishReason({ output, incomplete_details: incomplete }: Fields): string {
  const reason = fieldsOf(incomplete).reason;
  if (typeof reason === 'string') return incompleteReasons[reason] ?? 'stop';
  return Array.isArray(output) && output.some((item) => fieldsOf(item).type === 'function_call') ? 'tool_calls' : 'stop';
}

class ResponseEventReader implements TypedEventReader {
  usage: TokenUsage | null = null;
  finishReason: string | null = null;
  complete = false;
  readonly #target: AdapterTarget;

  constructor(target: AdapterTarget) {
    this.#target = target;
  }

  take(event: Fields): UpstreamError | null {
    const { type } = event;
    const response = fieldsOf(event.response);
    if (type === 'error' || event.error != null)
      return classifyInBandError(event.error == null ? { error: event } : event, this.#target.quirks);
    if (type === 'response.failed') return classifyInBandError({ error: response.error ?? {} }, this.#target.quirks);
    if (type !== 'response.completed' && type !== 'response.incomplete') return null;
    this.usage = readResponsesUsage(response.usage, response.service_tier);
    this.finishReason = readFinishReason(response);
    this.complete = true;
    return null;
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
