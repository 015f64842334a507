import { type Capability, capabilities, type Model, type ModelChange, normalizeBaseUrl, type StepModel } from '@pipelines/contracts';

/** A model before and after a change that nobody has made yet. */
export interface ChangedModel {
  readonly slug: string;
  readonly before: StepModel;
  readonly after: StepModel;
  /** Why no call of it can succeed any more; null where calls go on. */
  readonly ending: string | null;
  /** Why calls go somewhere that nothing has proved yet, one sentence each. */
  readonly moves: readonly string[];
}

export function changeModel(model: Model, change: ModelChange): ChangedModel {
  const { slug, display_name } = model;
  const before: StepModel = {
    slug,
    display_name,
    active: model.active,
    capabilities: model.capabilities,
    reasoning_parameter: model.reasoning_parameter,
    max_tokens: model.max_tokens,
  };
  const unchanged = { slug, before, after: before, ending: null, moves: [] };
  if (change.kind === 'deactivate') return { ...unchanged, ending: `${display_name} is deactivated.` };
  if (change.kind === 'retire') return { ...unchanged, ending: `${display_name} ends at its provider on ${change.retires_on}.` };
  const after = { ...before.capabilities, ...withoutUndefined(change.capabilities ?? {}) };
  return {
    ...unchanged,
    after: {
      ...before,
      capabilities: after,
      max_tokens: change.max_tokens === undefined ? before.max_tokens : change.max_tokens,
      reasoning_parameter: after.reasoning ? (change.reasoning_parameter ?? before.reasoning_parameter) : null,
    },
    moves: describeMoves(model, change),
  };
}

/** Which capabilities the change takes away. */
export function lostCapabilities({ before, after }: ChangedModel): Capability[] {
  return capabilities.filter((capability) => before.capabilities[capability] && !after.capabilities[capability]);
}

function describeMoves(model: Model, change: Extract<ModelChange, { kind: 'edit' }>): string[] {
  const moves: string[] = [];
  if (change.provider_model_id !== undefined && change.provider_model_id !== model.provider_model_id)
    moves.push('Calls go to another model at the provider.');
  const movesUrl = change.base_url !== undefined && normalizeBaseUrl(change.base_url) !== model.base_url;
  if (movesUrl || (change.region !== undefined && change.region !== (model.region ?? ''))) moves.push('Calls go to another address.');
  const authKind = model.credential?.auth_kind ?? 'none';
  if (change.replaces_credential === true || (change.auth_kind !== undefined && change.auth_kind !== authKind))
    moves.push('Calls are made with another credential.');
  return moves;
}

function withoutUndefined(switches: Readonly<Partial<Record<Capability, boolean | undefined>>>): Partial<Record<Capability, boolean>> {
  return Object.fromEntries(Object.entries(switches).filter(([, value]) => value !== undefined));
}
