export { canonicalText } from './canonical-text.ts';
export { checkJsonSchema } from './check-json-schema.ts';
export { findMisfit, type Misfit, type MisfitOptions, TooMuchToCheck } from './find-misfit.ts';
export type { JsonSchema } from './json-schema.ts';
