import {
  type AttemptEnd,
  type AttemptSource,
  type CallMeter,
  type ChatCompletion,
  type ChatRequest,
  PipelinesError,
  type Principal,
  type UpstreamCause,
} from '@pipelines/contracts';
import { CollectingSink } from './collecting-sink.ts';
import { type ChatDoors, completeChat } from './complete-chat.ts';
import { mapUpstreamError } from './map-upstream-error.ts';
import { readCompletion, type SaidAnswer } from './read-completion.ts';
import { type AnswerPiece, StreamingSink } from './streaming-sink.ts';

/** One call to a provider that has ended, well or not. */
export interface EndedAttempt {
  readonly attemptId: string;
  readonly end: AttemptEnd;
  /** USD as a decimal string, null when a price or the usage is unknown. */
  readonly cost: string | null;
}

export interface ChatOnceInput {
  readonly principal: Principal;
  readonly body: Omit<ChatRequest, 'stream' | 'stream_options'>;
  readonly requestId: string;
  readonly source: AttemptSource;
  /** Of a workflow: kept with each attempt. */
  readonly stepRunId?: string;
  readonly idempotencyKey?: string;
  /** As in `ChatInput`. */
  readonly fallbacks?: readonly string[];
  readonly signal: AbortSignal;
  /** Called with each attempt as it ends, failed ones included. */
  readonly onAttempt?: (attempt: EndedAttempt) => void;
  /** Asks for a stream, and is called with what has come, as it comes. The result is the same. */
  readonly onPiece?: (piece: AnswerPiece) => void;
}

export interface ChatOnceResult extends SaidAnswer {
  /** What was left out or rewritten for the provider, and why, as `X-Pipelines-Changes` tells it. */
  readonly changes: string | null;
}

/** Answers a chat as one object: the same way, checks and log as for a program, without a connection. */
export async function completeChatOnce(doors: ChatDoors, input: ChatOnceInput): Promise<ChatOnceResult> {
  const { principal, requestId, source, signal, idempotencyKey, fallbacks, onPiece } = input;
  const sink = onPiece === undefined ? new CollectingSink(signal) : new StreamingSink(signal, onPiece);
  const actor = principal.actor;
  let cause: UpstreamCause = 'connection_lost';
  const noteAttempt = (attempt: EndedAttempt) => {
    cause = attempt.end.cause ?? cause;
    input.onAttempt?.(attempt);
  };
  await completeChat(
    { ...doors, meter: tellingMeter(doors.meter, input.stepRunId ?? null, noteAttempt) },
    {
      principal,
      apiKeyId: actor.type === 'api_key' ? actor.id : null,
      memberId: actor.type === 'member' ? actor.id : null,
      body: Buffer.from(JSON.stringify({ ...input.body, stream: onPiece !== undefined })),
      requestId,
      source,
      sink,
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      ...(fallbacks !== undefined && { fallbacks }),
      // Whoever asks in here keeps answers itself, and asks again to get another one.
      cache: { keepNothing: true },
    },
  );
  if (sink instanceof StreamingSink && sink.broke) {
    throw mapUpstreamError(
      { cause, status: null, retryAfterSeconds: null, timeout: null, repeatable: false, reached: true },
      { slug: input.body.model as string },
    );
  }
  if (signal.aborted) throw new PipelinesError('client_closed_request');
  const completion = sink instanceof StreamingSink ? sink.completion : (JSON.parse(sink.bytes.toString('utf8')) as ChatCompletion);
  return { ...readCompletion(completion), changes: sink.headers['x-pipelines-changes'] ?? null };
}

/** The same meter, which also knows the step and tells the caller of each end. */
function tellingMeter(meter: CallMeter, stepRunId: string | null, onAttempt: (attempt: EndedAttempt) => void): CallMeter {
  return {
    writeHeld: () => meter.writeHeld(),
    begin(start) {
      const record = meter.begin({ ...start, stepRunId });
      return {
        attemptId: record.attemptId,
        end(end) {
          const { cost } = record.end(end);
          onAttempt({ attemptId: record.attemptId, end, cost });
          return { cost };
        },
      };
    },
  };
}
