import {
  type Model,
  type ModelChange,
  modelChangeSchema,
  normalizeBaseUrl,
  type Provider,
  type UpdateModelBody,
} from '@pipelines/contracts';
import { connectionBody, settingsBody } from '../connection-form/form-bodies.ts';
import type { ModelFormValues } from '../connection-form/form-values.ts';

/** The connection fields of an edit that differ from what is stored. Empty: the stored connection stands. */
export function changedConnection(values: ModelFormValues, model: Model, provider: Provider, isReplacing: boolean) {
  const { provider: _fixed, task: _kept, auth_kind, credential, credential_id, ...rest } = connectionBody(values, provider);
  const stored: Record<string, unknown> = { provider_model_id: model.provider_model_id, base_url: model.base_url, region: model.region };
  const changed = Object.entries(rest).filter(([name, value]) => {
    const comparable = name === 'base_url' ? normalizeBaseUrl(String(value)) : value;
    return comparable !== stored[name];
  });
  const replaced = isReplacing ? { auth_kind, ...(credential ? { credential } : {}), ...(credential_id ? { credential_id } : {}) } : {};
  return { ...Object.fromEntries(changed), ...replaced } as Partial<UpdateModelBody>;
}

/** Whether the edit leads somewhere else than the stored credential may go. */
export function leavesDestination(values: ModelFormValues, model: Model): boolean {
  if (model.credential === null) return false;
  const draft = values.drafts[model.provider];
  const movedUrl = model.base_url !== null && draft.base_url !== '' && normalizeBaseUrl(draft.base_url) !== model.base_url;
  const movedRegion = model.region !== null && draft.region.trim() !== model.region;
  return movedUrl || movedRegion;
}

/** Only what differs is sent; a null price source keeps what is stored. */
export function editBody(values: ModelFormValues, model: Model, provider: Provider, isReplacing: boolean): UpdateModelBody {
  const settings = settingsBody(values);
  const changed = Object.entries(settings).filter(([name, value]) => !sameValue(value, model[name as keyof Model]));
  const priced = changed.some(([name]) => name in settings && !settingNames.has(name));
  return {
    ...Object.fromEntries(changed),
    ...(priced ? { price_source: 'manual' as const } : {}),
    ...changedConnection(values, model, provider, isReplacing),
  };
}

/** What is not a price. */
const settingNames: ReadonlySet<string> = new Set(['display_name', 'max_tokens', 'capabilities', 'reasoning_parameter']);

function sameValue(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** What an edit is about to change, for its impact: never the secret itself, only that there will be another. Null: nothing that others notice. */
export function changeOfEdit(body: UpdateModelBody): Extract<ModelChange, { kind: 'edit' }> | null {
  const { provider_model_id, base_url, region, auth_kind, max_tokens, capabilities, reasoning_parameter, credential, credential_id } = body;
  const told = { provider_model_id, base_url, region, auth_kind, max_tokens, capabilities, reasoning_parameter };
  const change = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  const replaces = credential !== undefined || credential_id !== undefined;
  if (Object.keys(change).length === 0 && !replaces) return null;
  const parsed = modelChangeSchema.safeParse({ kind: 'edit', ...change, ...(replaces && { replaces_credential: true }) });
  return parsed.success && parsed.data.kind === 'edit' ? parsed.data : null;
}
