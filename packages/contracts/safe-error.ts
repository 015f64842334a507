import { PipelinesError } from './errors.ts';
import type { SafeError } from './log-events.ts';

const codeShape = /^[A-Z0-9_]{2,48}$/;
const nameShape = /^[A-Za-z][A-Za-z0-9_]{0,47}$/;

/** The harmless half of any thrown thing: our own message, or only the kind of a foreign error. */
export function toSafeError(error: unknown): SafeError {
  if (error instanceof PipelinesError) return { name: error.name, code: error.code.toUpperCase(), message: error.message };
  if (!(error instanceof Error)) return { name: 'NonError', code: null, message: null };
  const code = (error as { code?: unknown }).code;
  return {
    name: nameShape.test(error.name) ? error.name : 'Error',
    code: typeof code === 'string' && codeShape.test(code) ? code : null,
    message: null,
  };
}
