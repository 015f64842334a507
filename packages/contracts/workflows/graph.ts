import { z } from 'zod';
import { decimal, id } from '../fields.ts';

/** A step is called by this name in templates: `{{steps.classify.output}}`. Unique in its graph, stable through renames of its title. */
export const stepNameSchema = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Lower-case letters, digits and _, beginning with a letter');

const template = z.string().max(100_000);
const retries = z.number().int().min(0).max(10);
const timeoutSeconds = z.number().int().min(1).max(900);

/** One field of a task's input: a column of the CSV, a key of the JSON. */
export const inputFieldSchema = z.strictObject({
  name: stepNameSchema,
  type: z.enum(['text', 'number', 'boolean', 'json', 'image']),
  required: z.boolean(),
  description: z.string().max(500),
});
export type InputField = z.infer<typeof inputFieldSchema>;

export const startConfigSchema = z.strictObject({ fields: z.array(inputFieldSchema).max(100) });

/** Tools of one endpoint: all of them, or those named. */
export const toolBindingSchema = z.strictObject({ endpoint_id: id, tools: z.array(z.string().min(1).max(128)).max(200).nullable() });

export type ToolBinding = z.infer<typeof toolBindingSchema>;

export const llmConfigSchema = z.strictObject({
  /** Slug of the model; null until one is chosen. */
  model: z.string().min(1).max(300).nullable(),
  fallback_model: z.string().min(1).max(300).nullable(),
  system_prompt: template,
  user_prompt: template,
  temperature: z.number().min(0).max(2).nullable(),
  /** Null: the model's own limit. */
  max_tokens: z.number().int().min(1).max(10_000_000).nullable(),
  tools: z.array(toolBindingSchema).max(20),
  max_tool_rounds: z.number().int().min(1).max(50),
  /** The most USD that the model's calls of one run may cost while it uses tools; null or absent: no such limit. */
  max_tool_cost: decimal.nullable().optional(),
  /** Kept while a model without the capability is chosen, and not sent to it. */
  reasoning: z.strictObject({ effort: z.string().max(20).nullable(), max_tokens: z.number().int().min(1).nullable() }),
  output: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('text') }),
    z.strictObject({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) }),
  ]),
  /** Names of image fields of the input. */
  images: z.array(stepNameSchema).max(20),
  retries,
  timeout_seconds: timeoutSeconds,
});
export type LlmConfig = z.infer<typeof llmConfigSchema>;

export const conditionOperators = ['equals', 'not_equals', 'contains', 'matches', 'greater', 'less', 'is_empty', 'is_not_empty'] as const;

export const conditionSchema = z.strictObject({
  /** What is looked at, as a template. */
  value: template,
  /** A path into the value when it is JSON, such as `$.items[0].kind`; empty looks at the whole. */
  json_path: z.string().max(500),
  operator: z.enum(conditionOperators),
  /** What it is compared with, as a template; a regular expression for `matches`. */
  operand: template,
});
export type Condition = z.infer<typeof conditionSchema>;

/** Ports of a gate are its route names and `default`. */
export const gateRouteSchema = z.strictObject({
  name: stepNameSchema.refine((name) => name !== 'default', '"default" is the route that always exists'),
  match: z.enum(['all', 'any']),
  conditions: z.array(conditionSchema).min(1).max(20),
});
export const gateConfigSchema = z.strictObject({ routes: z.array(gateRouteSchema).max(20) });
export type GateConfig = z.infer<typeof gateConfigSchema>;

/** Ports `pass` and `fail`; `fail` leads back for another round, at most `max_rereviews` times. */
export const reviewConfigSchema = z.strictObject({
  instructions: template,
  /** What the reviewer sees, as a template. */
  subject: template,
  max_rereviews: z.number().int().min(0).max(20),
  when_exhausted: z.enum(['quarantine', 'escalate']),
});
export type ReviewConfig = z.infer<typeof reviewConfigSchema>;

export const httpConfigSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** A tool endpoint of kind `http`: `url` is then a path beneath its address, and its secret headers are sent. Null or absent: none. */
  endpoint_id: id.nullable().optional(),
  url: template,
  headers: z.array(z.strictObject({ name: z.string().regex(/^[A-Za-z0-9-]{1,64}$/), value: template })).max(30),
  body: template,
  retries,
  timeout_seconds: timeoutSeconds,
});
export type HttpConfig = z.infer<typeof httpConfigSchema>;

/** Names and templates: the output is a JSON object of them. A template that is one variable alone keeps the variable's type. */
const mappingSchema = z.array(z.strictObject({ name: stepNameSchema, value: template })).max(100);
export const transformConfigSchema = z.strictObject({ mapping: mappingSchema });
export const endConfigSchema = z.strictObject({ mapping: mappingSchema });

const step = { name: stepNameSchema, title: z.string().trim().min(1).max(80), position: z.strictObject({ x: z.number(), y: z.number() }) };
export const stepSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...step, kind: z.literal('start'), config: startConfigSchema }),
  z.strictObject({ ...step, kind: z.literal('llm'), config: llmConfigSchema }),
  z.strictObject({ ...step, kind: z.literal('gate'), config: gateConfigSchema }),
  z.strictObject({ ...step, kind: z.literal('review'), config: reviewConfigSchema }),
  z.strictObject({ ...step, kind: z.literal('http'), config: httpConfigSchema }),
  z.strictObject({ ...step, kind: z.literal('transform'), config: transformConfigSchema }),
  z.strictObject({ ...step, kind: z.literal('end'), config: endConfigSchema }),
]);
export type Step = z.infer<typeof stepSchema>;
export type StepKind = Step['kind'];
export type StepOf<Kind extends StepKind> = Extract<Step, { kind: Kind }>;

export const connectionEdgeSchema = z.strictObject({
  /** Name of the step that it leaves, and the port: `next`, a route of a gate, `pass` or `fail` of a review. */
  from: stepNameSchema,
  port: z.string().min(1).max(40),
  to: stepNameSchema,
});
export type Edge = z.infer<typeof connectionEdgeSchema>;

export const graphSchema = z.strictObject({ steps: z.array(stepSchema).max(200), edges: z.array(connectionEdgeSchema).max(600) });
export type Graph = z.infer<typeof graphSchema>;
