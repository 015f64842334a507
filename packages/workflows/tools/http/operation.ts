import { z } from 'zod';

const parameter = z.object({
  /** What the argument is called. */
  argument: z.string(),
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  explode: z.boolean(),
  deep: z.boolean(),
});

/** How the arguments of a tool become a request, as it is kept with the tool. */
export const operationSchema = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']),
  /** Beneath the endpoint's address, with `{name}` for parameters. */
  path: z.string(),
  parameters: z.array(parameter),
  /** The argument that is the JSON body; null: there is none. */
  body: z.string().nullable(),
});
export type Operation = z.infer<typeof operationSchema>;
export type OperationParameter = z.infer<typeof parameter>;
