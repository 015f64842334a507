import { taskStateSchema } from '@pipelines/contracts';
import { z } from 'zod';

/** Which tasks are shown, as it stands in the address. What cannot be read is left out. */
export const tasksSearchSchema = z.object({ state: taskStateSchema.optional().catch(undefined) });
