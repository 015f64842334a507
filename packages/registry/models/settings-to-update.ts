import type { ProviderId, UpdateModelBody } from '@pipelines/contracts';
import { capabilitiesOf, type ModelRow } from './model-rows.ts';
import { reasoningParameterOf } from './reasoning-settings.ts';
import { requireExpressible } from './require-expressible.ts';

/** The columns that an edit of name, limit and switches changes. @throws PipelinesError `invalid_request` */
export function settingsToUpdate(model: ModelRow, body: UpdateModelBody) {
  return {
    ...(body.display_name !== undefined && { displayName: body.display_name }),
    ...(body.max_tokens !== undefined && { maxTokens: body.max_tokens }),
    ...capabilityColumns(model, body),
  };
}

function capabilityColumns(model: ModelRow, body: UpdateModelBody) {
  if (body.capabilities === undefined && body.reasoning_parameter === undefined) return {};
  const capabilities = { ...capabilitiesOf(model), ...body.capabilities };
  requireExpressible(model.provider as ProviderId, body.capabilities ?? {}, model.task);
  return {
    jsonMode: capabilities.json_mode,
    vision: capabilities.vision,
    toolUse: capabilities.tool_use,
    reasoning: capabilities.reasoning,
    reasoningParameter: reasoningParameterOf(capabilities, body.reasoning_parameter ?? model.reasoningParameter),
  };
}
