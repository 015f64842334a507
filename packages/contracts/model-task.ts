import { z } from 'zod';

export const modelTasks = ['chat', 'embeddings'] as const;

/** What a model does: it chats, or it turns texts into vectors. */
export const modelTaskSchema = z.enum(modelTasks);
export type ModelTask = z.infer<typeof modelTaskSchema>;
