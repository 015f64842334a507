import { checkJsonSchema, findMisfit, type JsonSchema, TooMuchToCheck } from '@pipelines/contracts';
import { createMatcher, TooMuchToMatch } from './create-matcher.ts';

/**
 * The first place where a JSON value does not fit a JSON Schema, as a part of a sentence: `$.label is not one of the
 * values in enum`. Null when it fits. No contents of the value stand in it. A schema that is none is said too.
 */
export function describeMisfit(schema: JsonSchema, value: unknown): string | null {
  const fault = checkJsonSchema(schema);
  if (fault !== null) return `the schema is not valid, ${fault.replace(/\.$/, '')}`;
  const matcher = createMatcher();
  try {
    const misfit = findMisfit(schema, value, { matches: (pattern, text) => matcher(pattern, text) ?? false });
    return misfit && `${misfit.path} ${misfit.message}`;
  } catch (error) {
    if (error instanceof TooMuchToCheck || error instanceof TooMuchToMatch) return 'the schema takes too much work to check';
    throw error;
  }
}
