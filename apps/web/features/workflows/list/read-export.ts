import { type Graph, graphSchema } from '@pipelines/contracts';
import { z } from 'zod';

const exportSchema = z.object({ name: z.string().trim().min(1).max(120).optional(), graph: graphSchema });

export type ReadExport =
  | { readonly name: string | null; readonly graph: Graph; readonly error: null }
  | { readonly graph: null; readonly error: string };

/** An exported pipeline, or a graph alone; otherwise what is wrong with it. */
export function readExport(text: string): ReadExport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { graph: null, error: 'The file is not JSON.' };
  }
  const whole = exportSchema.safeParse(value);
  if (whole.success) return { name: whole.data.name ?? null, graph: whole.data.graph, error: null };
  const alone = graphSchema.safeParse(value);
  if (alone.success) return { name: null, graph: alone.data, error: null };
  const [issue] = whole.error.issues;
  return {
    graph: null,
    error: `The file is no exported pipeline: ${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'not valid'}.`,
  };
}
