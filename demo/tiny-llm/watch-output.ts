import type { AnswerPlan } from './answer-plan.ts';

/** A call the model wrote of its own accord, ready for the wire. */
export interface WrittenCall {
  name: string;
  /** JSON text. */
  arguments: string;
}

/** What one more token of output means. */
export interface OutputState {
  /** The part of the answer that is certain to stay, from its beginning; never shrinks. */
  settled: string;
  /** The answer is complete; the model need not go on. */
  complete: boolean;
}

const CALL_OPENING = '<tool_call>';
const CALL = /^<tool_call>(.*?)<\/tool_call>/s;
const HALF_CHARACTER = '\uFFFD';

/** Reads the whole output so far. Holds back what could still turn out to be a stop text, half a character or a tool call. */
export function watchOutput(output: string, plan: AnswerPlan): OutputState {
  const stopAt = firstStop(output, plan.stops);
  if (stopAt !== -1) return { settled: output.slice(0, stopAt), complete: true };
  if (plan.grammar) return { settled: withoutHalfCharacter(output).replace(/\n+$/, ''), complete: isClosedJson(output) };
  if (mayBecomeCall(output, plan)) return { settled: '', complete: CALL.test(output) };
  const heldBack = longestStopBeginning(output, plan.stops);
  return { settled: withoutHalfCharacter(output.slice(0, output.length - heldBack)), complete: false };
}

/** The tool call that `output` is, if it is one to a tool that the model may call. */
export function readWrittenCall(output: string, plan: AnswerPlan): WrittenCall | null {
  const written = CALL.exec(output)?.[1];
  if (written === undefined || plan.callableTools.size === 0) return null;
  try {
    const call = JSON.parse(written) as { name?: unknown; arguments?: unknown };
    if (typeof call.name !== 'string' || !plan.callableTools.has(call.name)) return null;
    return { name: call.name, arguments: JSON.stringify(call.arguments ?? {}) };
  } catch {
    return null;
  }
}

function mayBecomeCall(output: string, plan: AnswerPlan): boolean {
  if (plan.callableTools.size === 0) return false;
  return output.startsWith(CALL_OPENING) || CALL_OPENING.startsWith(output);
}

function firstStop(output: string, stops: readonly string[]): number {
  const found = stops.map((stop) => output.indexOf(stop)).filter((at) => at !== -1);
  return found.length === 0 ? -1 : Math.min(...found);
}

function longestStopBeginning(output: string, stops: readonly string[]): number {
  let longest = 0;
  for (const stop of stops) {
    for (let length = Math.min(stop.length - 1, output.length); length > longest; length -= 1) {
      if (output.endsWith(stop.slice(0, length))) longest = length;
    }
  }
  return longest;
}

function withoutHalfCharacter(text: string): string {
  return text.endsWith(HALF_CHARACTER) ? text.slice(0, text.indexOf(HALF_CHARACTER)) : text;
}

/** A closed object, list or text is whole; a number or a word could still grow, until the line break that the grammar ends with. */
function isClosedJson(output: string): boolean {
  if (!/[}\]"\n]$/.test(output)) return false;
  try {
    JSON.parse(output);
    return true;
  } catch {
    return false;
  }
}
