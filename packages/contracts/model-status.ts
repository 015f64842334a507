import { z } from 'zod';

export const modelKindSchema = z.enum(['platform', 'custom']);
export type ModelKind = z.infer<typeof modelKindSchema>;

/**
 * The word with the dot. `ready`: the last test or call worked. `failing`: it did not.
 * `untested`: never tested, or edited since. `not_configured`: the operator has set no key for
 * platform models. `deactivated`: deleted, kept for its history.
 */
export const modelStatusSchema = z.enum(['ready', 'failing', 'untested', 'not_configured', 'deactivated']);
export type ModelStatus = z.infer<typeof modelStatusSchema>;
