import type { CauseContext, CauseDescription, DescribableError } from './cause-description.ts';
import { causeSentences } from './cause-sentences.ts';
import { detailSentences } from './detail-sentences.ts';
import { suggestFix } from './suggest-fix.ts';

/** Our own words for a cause. An upstream's text has no way into them. */
export function describeCause(error: DescribableError, context: CauseContext): CauseDescription {
  const facts = error.facts ?? {};
  const general = causeSentences[error.reason](context, error);
  const exact = error.detail == null ? undefined : detailSentences[`${error.reason}.${error.detail}`]?.(context, facts);
  return { ...general, ...exact, apply: suggestFix(error, context) };
}
