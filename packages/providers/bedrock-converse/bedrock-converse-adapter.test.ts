import { Secret } from '@pipelines/contracts';
import { testAdapterConformance } from '../testing/adapter-conformance.ts';
import { callerOf } from '../testing/call-adapter.ts';
import { encodeEvent, encodeException } from '../testing/converse-answers.ts';
import { startFakeBedrock } from '../testing/fake-bedrock.ts';
import { sampleTarget } from '../testing/sample-requests.ts';
import { bedrockConverseAdapter } from './bedrock-converse-adapter.ts';

const identity = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  sessionToken: 'session/token+==',
};
const API_KEY = 'ABSK-0123456789abcdef0123456789';
const credentials = {
  'sigv4-bedrock': {
    accessKeyId: new Secret(identity.accessKeyId),
    secretAccessKey: new Secret(identity.secretAccessKey),
    sessionToken: new Secret(identity.sessionToken),
  },
  bearer: { apiKey: new Secret(API_KEY) },
};

for (const authScheme of ['sigv4-bedrock', 'bearer'] as const) {
  testAdapterConformance(`bedrock-converse with ${authScheme}`, {
    rareCounts: {},
    throttledStream: {
      rawStream: [
        encodeEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'a' } }),
        encodeException('throttlingException', 'CNRY'),
      ],
    },
    showsReasoning: true,
    start: async () => {
      const upstream = await startFakeBedrock({ region: 'eu-west-1', identities: [identity], apiKeys: [API_KEY] });
      const providerModelId = 'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0';
      const target = sampleTarget({ baseUrl: upstream.baseUrl, region: 'eu-west-1', authScheme, providerModelId });
      return { upstream, caller: callerOf(bedrockConverseAdapter, target, credentials[authScheme]) };
    },
  });
}
