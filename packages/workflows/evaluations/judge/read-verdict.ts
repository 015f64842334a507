import type { CheckOf, CheckOutcome } from '@pipelines/contracts';
import { z } from 'zod';

export interface JudgeVerdict {
  readonly outcome: CheckOutcome;
  readonly score: number | null;
  readonly detail: string;
}

const maxReasonLength = 1_000;
const verdictSchema = z.strictObject({ score: z.number().int(), reason: z.string() });

/** A judge's answer, read strictly: anything but one object with a score of the scale and a reason is `unknown`, never a pass. */
export function readVerdict({ scale, pass_mark }: CheckOf<'judge'>, answer: unknown): JudgeVerdict {
  const parsed = verdictSchema.safeParse(typeof answer === 'string' ? parseJson(answer) : answer);
  if (!parsed.success) return unknown('The judge did not answer as it was asked.');
  const { score, reason } = parsed.data;
  if (score < 1 || score > scale) return unknown(`The judge gave a score that is not on the scale from 1 to ${scale}.`);
  return { outcome: score >= pass_mark ? 'pass' : 'fail', score, detail: reason.slice(0, maxReasonLength) };
}

export function unknown(detail: string): JudgeVerdict {
  return { outcome: 'unknown', score: null, detail };
}

/** One JSON text and nothing around it but a Markdown fence, which some models cannot leave out. */
function parseJson(text: string): unknown {
  const fenced = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/.exec(text);
  try {
    return JSON.parse(fenced?.[1] ?? text);
  } catch {
    return undefined;
  }
}
