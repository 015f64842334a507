import { RE2JS } from 're2js';

/** Instructions of patterns times characters looked at: what one check may take, which is about a second at worst. */
const workAtMost = 20_000_000;

/** Why a text was not looked at: the patterns are long, and so is it. */
export class TooMuchToMatch extends Error {
  override readonly name = 'TooMuchToMatch';
}

/** Whether a text has a match of a pattern; null where that is no pattern. @throws TooMuchToMatch */
export type Matcher = (pattern: string, text: string) => boolean | null;

/**
 * Matches in an engine without backtracking, so that the work grows with the pattern and with the text, and with nothing
 * else. All that one matcher does has a limit: whoever waits behind it must not wait for long.
 */
export function createMatcher(): Matcher {
  const compiled = new Map<string, RE2JS | null>();
  let left = workAtMost;
  return (pattern, text) => {
    const known = compiled.get(pattern);
    const expression = known === undefined ? compile(pattern) : known;
    compiled.set(pattern, expression);
    if (expression === null) return null;
    left -= expression.programSize() * text.length;
    if (left < 0) throw new TooMuchToMatch();
    return expression.matcher(text).find();
  };
}

function compile(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch {
    return null;
  }
}
