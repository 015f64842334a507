import { PipelinesError, regionSchema } from '@pipelines/contracts';

/** Regions to suggest. Others of the same shape work too. */
export const bedrockRegions = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ca-central-1',
  'sa-east-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'us-gov-east-1',
  'us-gov-west-1',
] as const;

/** The Bedrock Runtime host of a region. Throws `invalid_request` for anything that is not one host label. */
export function bedrockBaseUrl(region: string): string {
  if (!regionSchema.safeParse(region).success || region !== region.trim()) {
    throw new PipelinesError('invalid_request', { fields: [{ field: 'region', message: 'An AWS region, such as us-east-1' }] });
  }
  return `https://bedrock-runtime.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

/** The control-plane host that lists the models: the runtime's sibling, or the same host where an operator has overridden it. */
export function bedrockControlUrl(runtimeUrl: string): string {
  return runtimeUrl.replace(/^https:\/\/bedrock-runtime(-fips)?\./, 'https://bedrock$1.');
}
