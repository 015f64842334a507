import { type Capability, type ChatRequest, capabilityNames, PipelinesError } from '@pipelines/contracts';
import { findImage } from '@pipelines/providers';
import type { ResolvedModel } from '@pipelines/registry';
import { checkReasoning } from './check-reasoning.ts';

/**
 * Refuses what the model is not offered for, before the provider fails in its own words or ignores it.
 * @throws PipelinesError `capability_missing`, `unsupported_parameter`
 */
export function checkCapabilities(model: ResolvedModel, request: ChatRequest): void {
  const { capabilities } = model.target;
  if (!capabilities.tool_use) refuse(model, 'tool_use', findToolField(request));
  if (!capabilities.json_mode) refuse(model, 'json_mode', findJsonField(request));
  if (!capabilities.reasoning) refuse(model, 'reasoning', findReasoningField(request));
  if (!capabilities.vision) refuse(model, 'vision', findImage(request));
  checkAnswerLimit(model, request);
  checkReasoning(model, request);
}

function refuse(model: ResolvedModel, capability: Capability, param: string | null): void {
  if (param === null) return;
  const name = capabilityNames[capability];
  throw new PipelinesError('capability_missing', {
    detail: `The model "${model.slug}" is not offered for ${name}, which "${param}" needs.`,
    fix: `Use another model, or switch ${name} on for it if its provider supports that.`,
    param,
  });
}

export function findToolField(request: ChatRequest): string | null {
  if ((request.tools?.length ?? 0) > 0) return 'tools';
  if (Array.isArray(request.functions) && request.functions.length > 0) return 'functions';
  const choice = request.tool_choice ?? 'none';
  // Some clients always say "auto"; without tools it asks for nothing.
  return choice === 'none' || choice === 'auto' ? null : 'tool_choice';
}

export function findJsonField(request: ChatRequest): string | null {
  const type = request.response_format?.type ?? 'text';
  return type === 'text' ? null : 'response_format';
}

/** Asking for no thinking needs no capability. */
export function findReasoningField(request: ChatRequest): string | null {
  if ((request.reasoning_effort ?? 'none') !== 'none') return 'reasoning_effort';
  const { reasoning } = request;
  if (reasoning == null || reasoning.enabled === false || reasoning.effort === 'none') return null;
  const asks = reasoning.effort != null || reasoning.max_tokens != null || reasoning.enabled === true;
  return asks ? 'reasoning' : null;
}

function checkAnswerLimit(model: ResolvedModel, request: ChatRequest): void {
  const limit = model.target.maxTokens;
  if (limit === null) return;
  for (const param of ['max_tokens', 'max_completion_tokens'] as const) {
    const wish = request[param];
    if (wish != null && wish > limit) {
      throw new PipelinesError('unsupported_parameter', {
        detail: `"${param}" is ${wish}, and the model "${model.slug}" answers with at most ${limit} tokens.`,
        fix: `Ask for at most ${limit}, or raise Max tokens on the model's page.`,
        param,
      });
    }
  }
}
