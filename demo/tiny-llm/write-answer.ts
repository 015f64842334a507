import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Answer, AnswerListener } from './answer-chat.ts';
import type { ChatRequest } from './chat-request.ts';

/** Puts an answer on the wire: pieces while it is written, and the end. */
export interface AnswerWriter extends AnswerListener {
  finish(answer: Answer): void;
}

/** One JSON document, or server-sent events when the request asked for a stream. */
export function createAnswerWriter(response: ServerResponse, request: ChatRequest): AnswerWriter {
  const base = {
    id: `chatcmpl-${randomUUID()}`,
    created: Math.floor(Date.now() / 1000),
    model: request.model,
    system_fingerprint: 'llama.cpp',
  };
  const callId = `call_${randomUUID().slice(0, 8)}`;
  return request.stream ? createStreamWriter(response, request, base, callId) : createDocumentWriter(response, base, callId);
}

function createDocumentWriter(response: ServerResponse, base: object, callId: string): AnswerWriter {
  return {
    onStart: () => undefined,
    onPiece: () => undefined,
    finish(answer) {
      const call = answer.toolCall;
      const message = {
        role: 'assistant',
        content: call ? null : answer.content,
        refusal: null,
        ...(call ? { tool_calls: [{ id: callId, type: 'function', function: call }] } : {}),
      };
      const choices = [{ index: 0, message, logprobs: null, finish_reason: answer.finishReason }];
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...base, object: 'chat.completion', choices, usage: answer.usage }));
    },
  };
}

function createStreamWriter(response: ServerResponse, request: ChatRequest, base: object, callId: string): AnswerWriter {
  let forced = false;
  const sendEvent = (fields: object) => {
    response.write(`data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', ...fields })}\n\n`);
  };
  const sendDelta = (delta: object, finishReason: string | null = null) => {
    sendEvent({ choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }] });
  };
  const openCall = (name: string) =>
    sendDelta({ tool_calls: [{ index: 0, id: callId, type: 'function', function: { name, arguments: '' } }] });
  const sendArguments = (text: string) => sendDelta({ tool_calls: [{ index: 0, function: { arguments: text } }] });
  return {
    onStart(forcedTool) {
      forced = forcedTool !== null;
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      sendDelta({ role: 'assistant', content: forced ? null : '', refusal: null });
      if (forcedTool !== null) openCall(forcedTool);
    },
    onPiece(text) {
      if (forced) sendArguments(text);
      else sendDelta({ content: text });
    },
    finish(answer) {
      if (answer.toolCall && !forced) {
        openCall(answer.toolCall.name);
        sendArguments(answer.toolCall.arguments);
      }
      sendDelta({}, answer.finishReason);
      if (request.stream_options?.include_usage) sendEvent({ choices: [], usage: answer.usage });
      response.end('data: [DONE]\n\n');
    },
  };
}
