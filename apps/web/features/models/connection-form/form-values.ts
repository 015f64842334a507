import type { AuthKind, Capabilities, Model, ModelTask, Provider, ProviderId, ReasoningParameter } from '@pipelines/contracts';
import { noPrices, type PriceValues, valuesOfPrices } from './price-values.ts';

/** What was typed for one provider. Kept while another provider is chosen, so that switching back restores it. */
export interface ConnectionDraft {
  auth_kind: AuthKind;
  provider_model_id: string;
  base_url: string;
  region: string;
  api_key: string;
  access_key_id: string;
  secret_access_key: string;
  session_token: string;
  headers: { name: string; value: string }[];
  /** A saved credential chosen instead of an entered one. */
  credential_id: string | null;
}

export interface ModelFormValues extends PriceValues {
  provider: ProviderId;
  drafts: Record<ProviderId, ConnectionDraft>;
  task: ModelTask;
  display_name: string;
  /** Text, as typed; empty means no limit. */
  max_tokens: string;
  capabilities: Capabilities;
  reasoning_parameter: ReasoningParameter | null;
}

export const secretFieldNames = ['api_key', 'access_key_id', 'secret_access_key', 'session_token'] as const;

function emptyDraft(provider: Provider): ConnectionDraft {
  return {
    auth_kind: provider.auth_kinds[0]?.auth_kind ?? 'api_key',
    provider_model_id: '',
    base_url: '',
    region: '',
    api_key: '',
    access_key_id: '',
    secret_access_key: '',
    session_token: '',
    headers: [],
    credential_id: null,
  };
}

function emptyDrafts(providers: readonly Provider[]): ModelFormValues['drafts'] {
  return Object.fromEntries(providers.map((provider) => [provider.id, emptyDraft(provider)])) as ModelFormValues['drafts'];
}

export function newModelValues(providers: readonly Provider[]): ModelFormValues {
  return {
    provider: providers[0]?.id ?? 'fireworks',
    drafts: emptyDrafts(providers),
    task: 'chat',
    display_name: '',
    max_tokens: '4096',
    capabilities: { json_mode: false, vision: false, tool_use: false, reasoning: false },
    reasoning_parameter: null,
    ...noPrices,
  };
}

/** A stored model as a form. Its secret is not part of it: nobody can read it back. */
export function valuesOfModel(model: Model, providers: readonly Provider[]): ModelFormValues {
  const drafts = emptyDrafts(providers);
  drafts[model.provider] = {
    ...drafts[model.provider],
    auth_kind: model.credential?.auth_kind ?? drafts[model.provider].auth_kind,
    provider_model_id: model.provider_model_id,
    base_url: model.base_url ?? '',
    region: model.region ?? '',
  };
  return {
    provider: model.provider,
    drafts,
    task: model.task,
    display_name: model.display_name,
    max_tokens: model.max_tokens?.toString() ?? '',
    capabilities: model.capabilities,
    reasoning_parameter: model.reasoning_parameter,
    ...valuesOfPrices(model, 'million'),
  };
}
