import { type CandidateResult, findMisplaced, type Graph, replaceModels } from '@pipelines/contracts';

/** What becomes of a draft when a candidate is taken. */
export interface DraftPlan {
  /** Null where it cannot be done. */
  readonly draft: Graph | null;
  /** What changes, in a sentence. */
  readonly words: string;
  readonly problem: string | null;
}

/** The models of a candidate go into the draft as it is; a candidate without other models brings its whole version back. */
export function planDraft(
  draft: Graph,
  version: Graph,
  { version: number, replacements }: Pick<CandidateResult, 'version' | 'replacements'>,
): DraftPlan {
  if (replacements.length === 0) {
    return { draft: version, words: `The draft becomes version ${number} as it was published.`, problem: null };
  }
  const [misplaced] = findMisplaced(draft, replacements);
  if (misplaced !== undefined) {
    const step = misplaced.step === null ? 'an LLM step' : `the step "${misplaced.step}"`;
    return { draft: null, words: '', problem: `The draft does not have ${step} any more. Change it by hand in the builder.` };
  }
  const words = replacements.map(
    ({ step, model }) => `${step === null ? 'Every LLM step' : `The step "${step}"`} gets the model ${model}.`,
  );
  return { draft: replaceModels(draft, replacements), words: words.join(' '), problem: null };
}
