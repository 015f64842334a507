import { Secret } from '@pipelines/contracts';
import { testAdapterConformance } from '../testing/adapter-conformance.ts';
import { callerOf } from '../testing/call-adapter.ts';
import { startFakeAnthropic } from '../testing/fake-anthropic.ts';
import { encodeMessageEvent } from '../testing/messages-answers.ts';
import { sampleTarget } from '../testing/sample-requests.ts';
import { anthropicMessagesAdapter } from './anthropic-messages-adapter.ts';

const KEY = 'sk-ant-api03-0123456789abcdef';

for (const providerModelId of [
  'claude-3-7-sonnet-20250219',
  'claude-sonnet-4-5-20250929',
  'claude-opus-4-6',
  'claude-opus-4-8',
  'claude-sonnet-5',
]) {
  testAdapterConformance(`anthropic-messages with ${providerModelId}`, {
    rareCounts: { webSearches: 2, serviceTier: 'priority' },
    throttledStream: {
      rawStream: [
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'a' } },
        { type: 'error', error: { type: 'rate_limit_error', message: 'CNRY' } },
      ].map(encodeMessageEvent),
    },
    showsReasoning: true,
    start: async () => {
      const upstream = await startFakeAnthropic({ apiKey: KEY });
      const target = sampleTarget({ baseUrl: upstream.baseUrl, authScheme: 'x-api-key', providerModelId });
      return { upstream, caller: callerOf(anthropicMessagesAdapter, target, { apiKey: new Secret(KEY) }) };
    },
  });
}
