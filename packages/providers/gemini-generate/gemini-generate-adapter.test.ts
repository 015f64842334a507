import { Secret } from '@pipelines/contracts';
import { testAdapterConformance } from '../testing/adapter-conformance.ts';
import { callerOf } from '../testing/call-adapter.ts';
import { startFakeGemini } from '../testing/fake-gemini.ts';
import { encodeGeneratedEvent } from '../testing/generate-answers.ts';
import { sampleTarget } from '../testing/sample-requests.ts';
import { geminiGenerateAdapter } from './gemini-generate-adapter.ts';

const KEY = 'AIzaSyD-0123456789abcdefghijk';

for (const providerModelId of ['gemini-2.5-pro', 'gemini-2.5-flash', 'models/gemini-3-pro-preview', 'gemini-3.1-flash']) {
  testAdapterConformance(`gemini-generate with ${providerModelId}`, {
    rareCounts: { audioInputTokens: 30, audioOutputTokens: 12, serviceTier: 'flex' },
    throttledStream: {
      rawStream: [
        { candidates: [{ content: { role: 'model', parts: [{ text: 'a' }] } }] },
        { error: { code: 429, message: 'CNRY', status: 'RESOURCE_EXHAUSTED' } },
      ].map(encodeGeneratedEvent),
    },
    showsReasoning: true,
    start: async () => {
      const upstream = await startFakeGemini({ apiKey: KEY });
      const target = sampleTarget({ baseUrl: upstream.baseUrl, authScheme: 'x-goog-api-key', providerModelId });
      return { upstream, caller: callerOf(geminiGenerateAdapter, target, { apiKey: new Secret(KEY) }) };
    },
  });
}
