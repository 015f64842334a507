import { z } from 'zod';

/** `add` opens the dialog, so that a link can lead there. */
export const toolsSearchSchema = z.object({ add: z.boolean().optional().catch(undefined) });
