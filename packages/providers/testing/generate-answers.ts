import type { PlannedAnswer } from './chat-script.ts';
import { geminiSignature } from './check-generate-body.ts';

type Fields = Record<string, unknown>;

const finishReasons: Readonly<Record<string, string>> = {
  stop: 'STOP',
  tool_calls: 'STOP',
  length: 'MAX_TOKENS',
  content_filter: 'SAFETY',
};

/** A whole answer in Gemini's dialect. */
export function toGenerated(model: string, answer: PlannedAnswer): Fields {
  const text = answer.chunks.join('');
  const parts = [...thoughtsOf(answer), ...(text === '' ? [] : [{ text, ...signedAfter(answer) }]), ...callsOf(answer)];
  return event(model, answer, parts, answer.finishReason);
}

/** The same as the events of a stream: calls come whole, and usage with each event. */
export function toGeneratedEvents(model: string, answer: PlannedAnswer): Fields[] {
  const thoughts = thoughtsOf(answer).map((part) => event(model, answer, [part], null));
  const texts = answer.chunks.map((text) => event(model, answer, [{ text }], null));
  const last = answer.toolCalls.length > 0 ? callsOf(answer) : [{ text: '', ...signedAfter(answer) }];
  return [...thoughts, ...texts, event(model, answer, last, answer.finishReason)];
}

export function encodeGeneratedEvent(value: unknown): string {
  return `data: ${JSON.stringify(value)}\r\n\r\n`;
}

function event(model: string, answer: PlannedAnswer, parts: readonly Fields[], finishReason: string | null): Fields {
  const reason = finishReason === null ? {} : { finishReason: finishReasons[finishReason] ?? finishReason };
  return {
    candidates: [{ content: { parts, role: 'model' }, ...reason, index: 0 }],
    ...(answer.usage === null ? {} : { usageMetadata: usageOf(answer) }),
    modelVersion: model,
    responseId: 'fake',
  };
}

function thoughtsOf({ reasoning }: PlannedAnswer): Fields[] {
  return reasoning === null ? [] : [{ text: reasoning, thought: true }];
}

/** A model that has thought signs the end of what it says. */
function signedAfter({ reasoning }: PlannedAnswer): Fields {
  return reasoning === null ? {} : { thoughtSignature: geminiSignature };
}

/** Of parallel calls only the first is signed. */
function callsOf({ toolCalls }: PlannedAnswer): Fields[] {
  return toolCalls.map((call, index) => ({
    functionCall: { id: call.id, name: call.name, args: JSON.parse(call.arguments) },
    ...(index === 0 ? { thoughtSignature: geminiSignature } : {}),
  }));
}

function usageOf(answer: PlannedAnswer): Fields {
  const { promptTokens, completionTokens } = answer;
  return {
    ...(answer.usage ?? {
      promptTokenCount: promptTokens,
      candidatesTokenCount: completionTokens,
      totalTokenCount: promptTokens + completionTokens,
    }),
  };
}
