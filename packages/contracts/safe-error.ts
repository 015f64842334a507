import { PipelinesError } from './errors.ts';
import type { SafeError } from './log-events.ts';

const codeShape = /^[A-Z0-9_]{2,48}$/;
const nameShape = /^[A-Za-z][A-Za-z0-9_]{0,47}$/;

/** The harmless half of any thrown thing: our own message, or only the kind of a foreign error. */
export function toSafeError(error: unknown): SafeError {
  if (error instanceof PipelinesError) return { name: error.name, code: error.code.toUpperCase(), message: error.message };
  if (!(error instanceof Error)) return { name: 'NonError', code: null, message: null };
  return {
    name: nameShape.test(error.name) ? error.name : 'Error',
    // A wrapper, such as drizzle's for a failed query, says nothing itself: its cause does.
    code: readCode(error) ?? readCode(error.cause),
    message: null,
  };
}

function readCode(error: unknown): string | null {
  const code = error instanceof Error ? (error as { code?: unknown }).code : null;
  return typeof code === 'string' && codeShape.test(code) ? code : null;
}
