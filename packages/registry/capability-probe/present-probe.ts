import type { Capability, Probe, ProbeCheck, ProbeVerdict } from '@pipelines/contracts';
import type { schema } from '@pipelines/database';
import type { OpenCredential, Quirks } from '@pipelines/providers';
import { mentionsSecret } from '../credential-vault/secret-fields.ts';
import { trimDecimal } from '../models/trim-decimal.ts';
import type { AskedModel } from './ask-model.ts';
import { describeQuirks } from './derive-quirks.ts';
import type { Judged } from './judge.ts';

export type ProbeRow = typeof schema.capabilityProbes.$inferSelect;

const longestText = 2_000;

/** A check as it is kept and shown. An answer that mentions the credential is not. */
export function presentCheck({ name, verdict, detail, cause, asked }: Judged, credential: OpenCredential): ProbeCheck {
  const evidence = asked.map((each) => {
    const answer = answerOf(each);
    return {
      request: shorten(each.request),
      answer: mentionsSecret(credential, JSON.stringify(answer)) ? 'Not shown: it mentions the credential.' : shorten(answer),
    };
  });
  return { name, verdict, detail, cause, evidence };
}

/** Of a call that failed only our own words: a provider's text may quote what it was sent. */
function answerOf({ error, text, thinking, toolCalls, finishReason, usage }: AskedModel): unknown {
  if (error !== null) return { refused: error.reason, status: error.status };
  return {
    text,
    ...(thinking !== '' && { thinking }),
    ...(toolCalls.length > 0 && { tool_calls: toolCalls.map((call) => call.function) }),
    finish_reason: finishReason,
    usage: usage && {
      prompt_tokens: usage.promptTokens,
      completion_tokens: usage.completionTokens,
      reasoning_tokens: usage.reasoningTokens,
    },
  };
}

function shorten(value: unknown): unknown {
  if (typeof value === 'string') {
    if (value.startsWith('data:image/')) return '(an image with digits)';
    return value.length > longestText ? `${value.slice(0, longestText)}…` : value;
  }
  if (Array.isArray(value)) return value.slice(0, 50).map(shorten);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shorten(part)]));
}

/** @param currentDigest of the model's connection as it is now */
export function presentProbe(row: ProbeRow, currentDigest: Uint8Array): Probe {
  const verdictOf = (name: ProbeCheck['name']) => row.checks.find((check) => check.name === name)?.verdict;
  const thinking = [verdictOf('reasoning_effort'), verdictOf('reasoning_max_tokens')];
  const capabilities: Record<Capability, boolean | null> = {
    json_mode: saidOf(verdictOf('json_mode')),
    vision: saidOf(verdictOf('vision')),
    tool_use: saidOf(verdictOf('tool_use')),
    reasoning: thinking.includes('works') ? true : thinking.includes('unclear') ? null : saidOf(thinking[0]),
  };
  return {
    id: row.id,
    at: row.at.toISOString(),
    current: Buffer.from(row.connectionDigest).equals(currentDigest),
    checks: row.checks,
    capabilities,
    reasoning_parameter: row.reasoningParameter,
    repairs: describeQuirks(row.quirks as Quirks),
    calls: row.calls,
    cost: trimDecimal(row.cost),
  };
}

function saidOf(verdict: ProbeVerdict | undefined): boolean | null {
  if (verdict === undefined || verdict === 'unclear') return null;
  return verdict === 'works';
}
