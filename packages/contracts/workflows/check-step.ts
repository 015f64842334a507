import { type Capability, capabilityNames } from '../capabilities.ts';
import { checkJsonSchema } from '../json-schema/index.ts';
import { createVariableCheck } from './available-variables.ts';
import { checkConditions } from './check-conditions.ts';
import { checkHttpEndpoint, checkTools } from './check-tools.ts';
import type { Graph, LlmConfig, Step, StepOf } from './graph.ts';
import type { GraphProblem } from './graph-problem.ts';
import type { StepEndpoint } from './step-endpoint.ts';
import type { StepModel } from './step-model.ts';
import { variablesOf } from './templates.ts';

/** What is missing or wrong inside one step. */
export function checkStep(
  step: Step,
  graph: Graph,
  models?: ReadonlyMap<string, StepModel>,
  endpoints?: ReadonlyMap<string, StepEndpoint>,
): GraphProblem[] {
  const problem = (field: string, message: string): GraphProblem => ({ step: step.name, field, message });
  const own =
    step.kind === 'llm'
      ? checkLlm(step, graph, models)
      : step.kind === 'start'
        ? checkFields(step)
        : step.kind === 'http'
          ? checkHttp(step)
          : step.kind === 'gate'
            ? checkConditions(step)
            : [];
  return [
    ...[...own, ...(endpoints ? checkEndpoints(step, endpoints, models) : [])].map(([field, message]) => problem(field, message)),
    ...checkTemplates(step, graph).map(([field, message]) => problem(field, message)),
  ];
}

type Found = readonly [field: string, message: string];

/** Every template of a step with the field that it stands in. */
export function templatesOf(step: Step): readonly Found[] {
  switch (step.kind) {
    case 'start':
      return [];
    case 'llm':
      return [
        ['system_prompt', step.config.system_prompt],
        ['user_prompt', step.config.user_prompt],
      ];
    case 'gate':
      return step.config.routes.flatMap((route, index) =>
        route.conditions.flatMap((condition, place): Found[] => [
          [`routes.${index}.conditions.${place}.value`, condition.value],
          [`routes.${index}.conditions.${place}.operand`, condition.operand],
        ]),
      );
    case 'review':
      return [
        ['instructions', step.config.instructions],
        ['subject', step.config.subject],
      ];
    case 'http':
      return [
        ['url', step.config.url],
        ['body', step.config.body],
        ...step.config.headers.map((header, index): Found => [`headers.${index}.value`, header.value]),
      ];
    case 'transform':
    case 'end':
      return step.config.mapping.map((entry, index): Found => [`mapping.${index}.value`, entry.value]);
  }
}

function checkTemplates(step: Step, graph: Graph): Found[] {
  const isKnown = createVariableCheck(step, graph);
  return templatesOf(step).flatMap(([field, template]) =>
    variablesOf(template)
      .filter((variable) => !isKnown(variable))
      .map((variable): Found => [field, describeUnknownVariable(variable)]),
  );
}

/** One sentence on a variable that `createVariableCheck` does not know. */
export function describeUnknownVariable(variable: string): string {
  return `{{${variable}}} is not known here.`;
}

/** Tools of a model without Tool use are kept and not sent, so that nothing of them keeps the step from running. */
function checkEndpoints(step: Step, endpoints: ReadonlyMap<string, StepEndpoint>, models?: ReadonlyMap<string, StepModel>): Found[] {
  if (step.kind === 'http') return checkHttpEndpoint(step.config, endpoints);
  if (step.kind !== 'llm') return [];
  const slugs = [step.config.model, step.config.fallback_model].filter((slug) => slug !== null);
  const sent = slugs.some((slug) => models?.get(slug)?.capabilities.tool_use ?? true);
  return sent ? checkTools(step.config, endpoints) : [];
}

function checkFields(step: StepOf<'start'>): Found[] {
  const seen = new Set<string>();
  return step.config.fields.flatMap((field, index): Found[] => {
    if (seen.has(field.name)) return [[`fields.${index}.name`, `Two fields are called "${field.name}".`]];
    seen.add(field.name);
    return [];
  });
}

function checkHttp(step: StepOf<'http'>): Found[] {
  // Of a tool endpoint the address itself will do.
  return step.config.url.trim() === '' && !step.config.endpoint_id ? [['url', 'Enter an address.']] : [];
}

function checkLlm(step: StepOf<'llm'>, graph: Graph, models?: ReadonlyMap<string, StepModel>): Found[] {
  const { config } = step;
  const found: Found[] = [];
  if (config.model === null) found.push(['model', 'Choose a model.']);
  if (config.user_prompt.trim() === '') found.push(['user_prompt', 'Write a prompt.']);
  const fault = config.output.type === 'json_schema' ? checkJsonSchema(config.output.schema) : null;
  if (fault !== null) found.push(['output', `JSON schema: ${fault}`]);
  const start = graph.steps.find((each) => each.kind === 'start');
  const imageFields =
    start?.kind === 'start' ? start.config.fields.filter((field) => field.type === 'image').map((field) => field.name) : [];
  for (const image of config.images) if (!imageFields.includes(image)) found.push(['images', `The input has no image field "${image}".`]);
  if (!models) return found;
  for (const field of ['model', 'fallback_model'] as const) {
    const slug = config[field];
    if (slug !== null) found.push(...checkStepModel(field, slug, models.get(slug), config));
  }
  return found;
}

/** What keeps a model from serving a step, each with the field to blame. */
export function checkStepModel(field: 'model' | 'fallback_model', slug: string, model: StepModel | undefined, config: LlmConfig): Found[] {
  if (!model) return [[field, `There is no model "${slug}".`]];
  if (model.task === 'embeddings') return [[field, `${model.display_name} embeds texts, and does not chat.`]];
  if (!model.active) return [[field, `${model.display_name} has been deactivated.`]];
  const lacking = neededCapabilities(config).filter((capability) => !model.capabilities[capability]);
  return [
    ...lacking.map(
      (capability): Found => [field, `${model.display_name} does not have ${capabilityNames[capability]}, which this step needs.`],
    ),
    ...(model.max_tokens !== null && config.max_tokens !== null && config.max_tokens > model.max_tokens
      ? [['max_tokens', `${model.display_name} answers at most ${model.max_tokens} tokens.`] as const]
      : []),
    ...checkBudget(model, config),
  ];
}

/** Thoughts are part of the answer: they may not take all of it. */
function checkBudget({ capabilities, reasoning_parameter, max_tokens }: StepModel, { reasoning, ...config }: LlmConfig): Found[] {
  const limit = config.max_tokens ?? max_tokens;
  const isSent = capabilities.reasoning && reasoning_parameter === 'max_tokens';
  if (!isSent || limit === null || reasoning.max_tokens === null || reasoning.max_tokens < limit) return [];
  return [['reasoning', `The thinking budget must be less than the ${limit} tokens of the answer.`]];
}

/** What a model must have to serve the step. Tools and reasoning are kept, greyed and unsent, on a model without them; output and images are not optional. */
export function neededCapabilities(config: LlmConfig): readonly Capability[] {
  const needed: Capability[] = [];
  if (config.output.type === 'json_schema') needed.push('json_mode');
  if (config.images.length > 0) needed.push('vision');
  return needed;
}
