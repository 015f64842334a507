import type { ChatCompletion } from '@pipelines/contracts';
import type { AdapterTarget, RawResponse, ReadAnswer } from '../adapter.ts';
import { readUsage } from '../read-usage.ts';
import { UpstreamError } from '../upstream-error.ts';
import { classifyInBandError } from './classify-error.ts';
import { holdsError, isTold } from './tells-error.ts';

/** A 2xx answer. Its unknown fields stay; its shape is checked as far as we rely on it. */
export function readAnswer(response: RawResponse, target: AdapterTarget): ReadAnswer {
  const text = Buffer.from(response.body.buffer, response.body.byteOffset, response.body.byteLength).toString('utf8');
  const value = parseObject(text, response);
  if (holdsError(value)) throw classifyInBandError(value, target.quirks);
  const choices = value.choices;
  if (!Array.isArray(choices) || choices.length === 0 || !choices.every(isChoice)) throw notAChat(response, 'shape');
  const finishReason = readFinishReason(choices[0]);
  if (finishReason === 'error') throw new UpstreamError('upstream_unavailable', { status: response.status, detail: 'finish_error' });
  const usage = isTold(value.usage) ? value.usage : (choices[0] as { usage?: unknown }).usage;
  return {
    completion: value as unknown as ChatCompletion,
    usage: readUsage(usage, text.slice(Math.max(0, text.lastIndexOf('"usage"'))), value.service_tier),
    finishReason,
  };
}

function parseObject(text: string, response: RawResponse): Record<string, unknown> {
  const contentType = response.headers['content-type'];
  if (contentType !== undefined && !/json/i.test(contentType))
    throw notAChat(response, text.trimStart().startsWith('<') ? 'html' : 'content_type');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notAChat(response, text.trimStart().startsWith('<') ? 'html' : 'not_json');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notAChat(response, 'shape');
  return value as Record<string, unknown>;
}

function isChoice(choice: unknown): boolean {
  if (typeof choice !== 'object' || choice === null) return false;
  const { message } = choice as { message?: unknown };
  return typeof message === 'object' && message !== null && !Array.isArray(message);
}

/** Together ends with `eos` where others say `stop`. */
export function readFinishReason(choice: unknown): string | null {
  const reason = (choice as { finish_reason?: unknown } | null)?.finish_reason;
  if (typeof reason !== 'string' || !/^[a-z_]{1,40}$/.test(reason)) return null;
  return reason === 'eos' ? 'stop' : reason;
}

function notAChat(response: RawResponse, detail: string): UpstreamError {
  return new UpstreamError('not_openai_shape', { status: response.status, detail });
}
