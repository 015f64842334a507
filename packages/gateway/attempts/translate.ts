import type { EgressResponse } from '@pipelines/egress';
import { UpstreamError } from '@pipelines/providers';
import { answerHeaders } from '../answer-headers.ts';
import { CollectedBody } from '../collected-body.ts';
import { type AttemptFailure, toAttemptFailure } from './attempt-failure.ts';
import { authorizeCall, maxAnswerBytes } from './authorize-call.ts';
import { CallRecord } from './call-record.ts';
import type { AttemptDoors, ChatCall } from './chat-call.ts';
import { TranslatedStream } from './translated-stream.ts';

/**
 * An attempt in a foreign dialect: the adapter reads the answer and we write it anew. Resolves null once
 * the answer has ended, or why there is none yet.
 */
export async function translate(doors: AttemptDoors, call: ChatCall): Promise<AttemptFailure | null> {
  const request = await authorizeCall(call);
  const abort = new AbortController();
  call.whenCallerGoes(() => abort.abort());
  if (call.callerGone) abort.abort();
  const record = new CallRecord(doors, call);
  let httpStatus: number | null = null;
  try {
    const response = await doors.egress.request({ ...request, signal: abort.signal });
    httpStatus = response.status;
    record.noteConnection(response.connectMs);
    if (httpStatus < 200 || httpStatus >= 300) throw call.options.adapter.classify(await collect(response), call.options.model.target);
    if (call.stream) return await new TranslatedStream(doors, call, record, response, abort).relay();
    writeAnswer(call, record, await collect(response, record));
    return null;
  } catch (error) {
    const failure = toAttemptFailure(error);
    record.fail(failure, httpStatus);
    return failure;
  } finally {
    call.whenCallerGoes(null);
    record.end({ status: 'failed', httpStatus });
  }
}

async function collect({ status, headers, body }: EgressResponse, record?: CallRecord) {
  const collected = new CollectedBody(maxAnswerBytes);
  for await (const piece of body) if (!collected.add(piece)) throw new UpstreamError('response_too_large', { status });
  record?.noteFirstByte();
  return { status, headers, body: collected.toBytes() };
}

function writeAnswer(call: ChatCall, record: CallRecord, response: Awaited<ReturnType<typeof collect>>): void {
  const { sink } = call;
  const { adapter, model } = call.options;
  const { completion, usage, finishReason } = adapter.readAnswer(response, model.target);
  const cost = record.end({ status: 'succeeded', httpStatus: response.status, finishReason, usage });
  const priced =
    cost === null || completion.usage == null ? completion : { ...completion, usage: { ...completion.usage, cost: Number(cost) } };
  const bytes = Buffer.from(JSON.stringify(priced));
  sink.start(200, { ...answerHeaders(call), 'content-length': String(bytes.length) });
  sink.end(bytes);
}
