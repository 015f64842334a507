import { z } from 'zod';
import { stepNameSchema } from '../workflows/graph.ts';
import { variablesOf } from '../workflows/templates.ts';

/** What the templates of a check may speak of. */
export const checkRoots = ['output', 'expected', 'input'] as const;

const template = z
  .string()
  .max(10_000)
  .refine((text) => unknownVariables(text).length === 0, 'Only {{output…}}, {{expected…}} and {{input…}} are known here');
const filledTemplate = template.refine((text) => text.trim() !== '', 'Required');

/** The variables of a check's template that stand for nothing. */
export function unknownVariables(text: string): readonly string[] {
  return variablesOf(text).filter((variable) => !checkRoots.some((root) => variable === root || variable.startsWith(`${root}.`)));
}

const common = {
  name: stepNameSchema,
  /** What is looked at: `{{output.label}}` is the output of the task. */
  actual: filledTemplate,
};

const comparison = {
  ...common,
  expected: filledTemplate,
  ignore_case: z.boolean(),
  /** Spaces at the ends do not count, and several count as one. */
  ignore_space: z.boolean(),
};

/** Points a judge may give: 1 to `scale`. */
const maxScale = 10;

export const checkSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exact'), ...comparison }),
  z.strictObject({ kind: z.literal('contains'), ...comparison }),
  z.strictObject({ kind: z.literal('json_schema'), ...common, schema: z.record(z.string(), z.unknown()) }),
  z.strictObject({
    kind: z.literal('numeric'),
    ...common,
    expected: filledTemplate,
    /** `absolute`: the numbers lie at most so far apart. `relative`: at most this part of the expected one, 0.05 is 5 %. */
    tolerance: z.strictObject({ type: z.enum(['absolute', 'relative']), value: z.number().min(0).max(1e15) }),
  }),
  z
    .strictObject({
      kind: z.literal('judge'),
      ...common,
      /** What the judge compares with; may be empty. */
      expected: template,
      /** Slug of the model that judges. */
      model: z.string().min(1).max(300),
      /** What makes an answer good, in plain words. */
      rubric: z.string().trim().min(1, 'Required').max(4_000),
      scale: z.number().int().min(2).max(maxScale),
      /** From so many points on the check passes. */
      pass_mark: z.number().int().min(1).max(maxScale),
    })
    .refine((check) => check.pass_mark <= check.scale, { path: ['pass_mark'], message: 'At most the scale' }),
]);
export type Check = z.infer<typeof checkSchema>;
export type CheckKind = Check['kind'];
export type CheckOf<Kind extends CheckKind> = Extract<Check, { kind: Kind }>;

/** `unknown`: nobody can tell, such as a row without the expected value or a judge that did not answer as asked. Never a pass. */
export const checkOutcomeSchema = z.enum(['pass', 'fail', 'unknown']);
export type CheckOutcome = z.infer<typeof checkOutcomeSchema>;
