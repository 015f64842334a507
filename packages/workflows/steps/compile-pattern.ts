import { RE2JS } from 're2js';

/** Tells whether a text has a match, in an engine without backtracking: no pattern can make it slow. Null for what is no pattern of it. */
export function compilePattern(pattern: string): ((text: string) => boolean) | null {
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
    return (text) => compiled.matcher(text).find();
  } catch {
    return null;
  }
}
