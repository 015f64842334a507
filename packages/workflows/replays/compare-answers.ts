import { canonicalText, type ReplayAnswer } from '@pipelines/contracts';
import { describeMisfit } from '../steps/describe-misfit.ts';
import type { ReplayRequest } from './replay-request.ts';

/** Whether an answer is the JSON that was asked for. Null where none was. */
export function fitsSchema({ response_format: format }: ReplayRequest, { text, tool_calls }: ReplayAnswer): boolean | null {
  if (format == null || (format.type !== 'json_object' && format.type !== 'json_schema')) return null;
  // A call of a tool is an answer of its own, which the format says nothing of.
  if (text === '' && tool_calls.length > 0) return null;
  const { json_schema } = format as { readonly json_schema?: { readonly schema?: Record<string, unknown> } };
  const value = parse(text);
  if (value === undefined) return false;
  if (format.type === 'json_object') return typeof value === 'object' && value !== null;
  return describeMisfit(json_schema?.schema ?? true, value) === null;
}

/** Whether both call the same tools with the same arguments, in the same order. Null where neither calls one. */
export function sameToolCalls(one: ReplayAnswer, other: ReplayAnswer): boolean | null {
  if (one.tool_calls.length === 0 && other.tool_calls.length === 0) return null;
  return canonicalText(one.tool_calls.map(toComparable)) === canonicalText(other.tool_calls.map(toComparable));
}

/** Whether both say the same, whatever white space stands around it. JSON is compared as JSON where both is. */
export function sameText(one: ReplayAnswer, other: ReplayAnswer): boolean {
  const [left, right] = [one.text.trim(), other.text.trim()];
  if (left === right) return true;
  const [a, b] = [parse(left), parse(right)];
  return a !== undefined && b !== undefined && canonicalText(a) === canonicalText(b);
}

function toComparable({ name, arguments: text }: ReplayAnswer['tool_calls'][number]): unknown {
  return [name, parse(text) ?? text];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
