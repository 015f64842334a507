import { type ApplyFix, type Capability, capabilityNames, normalizeBaseUrl } from '@pipelines/contracts';
import type { CauseContext, DescribableError } from './cause-description.ts';

/** Where the connection has shown which scheme the place speaks. */
const wantedSchemes: Readonly<Record<string, 'http:' | 'https:'>> = {
  'tls_failed.https_on_http_port': 'http:',
  'connection_lost.plain_http_on_https_port': 'https:',
  'redirected.to_https': 'https:',
  'egress_blocked.plain_http': 'https:',
};

/** The switch of what the model does not take. */
const switches: Readonly<Record<string, Capability>> = {
  tools: 'tool_use',
  images: 'vision',
  json_mode: 'json_mode',
  reasoning: 'reasoning',
};

/** A change of the form that is likely to repair the failure: only where it is mechanical. */
export function suggestFix({ reason, detail, facts = {} }: DescribableError, context: CauseContext): ApplyFix | null {
  const scheme = wantedSchemes[`${reason}.${detail}`];
  if (scheme !== undefined) return useScheme(context.baseUrl, scheme);
  switch (reason) {
    case 'needs_inference_profile':
      return useModel(profileOf(context));
    case 'model_not_found':
      return useModel(context.nearestModels?.[0] ?? null);
    case 'wrong_region':
      return facts.keyRegion ? { label: `Use ${facts.keyRegion}`, set: { region: facts.keyRegion } } : null;
    case 'not_openai_shape':
      return useBaseUrl(context.baseUrl);
    case 'feature_unsupported':
      return useSwitch(detail ?? '');
    default:
      return null;
  }
}

function useModel(providerModelId: string | null): ApplyFix | null {
  return providerModelId === null ? null : { label: `Use ${providerModelId}`, set: { provider_model_id: providerModelId } };
}

/** The geography of a region's inference profiles. */
const geographies: readonly (readonly [RegExp, string])[] = [
  [/^us-gov-/, 'us-gov'],
  [/^(?:us|ca)-/, 'us'],
  [/^eu-/, 'eu'],
  [/^ap-/, 'apac'],
];

/** The profile in the provider's own list, or else the one that its region usually has. */
function profileOf({ providerModelId, region, nearestModels = [] }: CauseContext): string {
  const geography = geographies.find(([pattern]) => pattern.test(region ?? ''))?.[1] ?? 'global';
  const usual = `${geography}.${providerModelId}`;
  const listed = nearestModels.filter((id) => id.endsWith(`.${providerModelId}`));
  return listed.includes(usual) ? usual : (listed[0] ?? usual);
}

/** Without the endpoint's path where one was pasted; with `/v1` where there is no path at all. */
function useBaseUrl(baseUrl: string | null): ApplyFix | null {
  if (baseUrl === null || !URL.canParse(baseUrl)) return null;
  const stripped = normalizeBaseUrl(baseUrl);
  const { pathname } = new URL(stripped);
  const better = pathname === '/' ? `${stripped}/v1` : stripped;
  return better === baseUrl ? null : { label: `Use ${better}`, set: { base_url: better } };
}

function useScheme(baseUrl: string | null, scheme: 'http:' | 'https:'): ApplyFix | null {
  if (baseUrl === null || baseUrl.startsWith(scheme)) return null;
  return { label: `Use ${scheme}//`, set: { base_url: baseUrl.replace(/^https?:/, scheme) } };
}

/** Off with what the model does not take; the other shape, where only the shape is not taken. */
function useSwitch(detail: string): ApplyFix | null {
  if (detail === 'thinking_budget') return { label: 'Use reasoning.effort', set: { reasoning_parameter: 'effort' } };
  if (detail === 'thinking_effort') return { label: 'Use reasoning.max_tokens', set: { reasoning_parameter: 'max_tokens' } };
  const capability = switches[detail];
  return capability === undefined
    ? null
    : { label: `Switch ${capabilityNames[capability]} off`, set: { capabilities: { [capability]: false } } };
}
