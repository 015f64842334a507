import type { ServerResponse } from 'node:http';
import type { PipelinesError } from '@pipelines/contracts';
import { toOpenAiError } from '@pipelines/gateway';
import { errorHeaders } from '../describe-error.ts';
import { setSecurityHeaders } from '../security-headers.ts';
import { sendJson } from '../send-json.ts';

/** Answers with an error in OpenAI's shape, before anything else has been sent. */
export function sendOpenAiError(response: ServerResponse, error: PipelinesError, requestId: string): void {
  setSecurityHeaders(response, requestId);
  sendJson(response, error.status, toOpenAiError(error, requestId), errorHeaders(error));
}
