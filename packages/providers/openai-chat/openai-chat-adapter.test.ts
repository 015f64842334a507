import { Secret } from '@pipelines/contracts';
import { presetOf } from '../presets.ts';
import { testAdapterConformance } from '../testing/adapter-conformance.ts';
import { callerOf } from '../testing/call-adapter.ts';
import { startFakeOpenAi } from '../testing/fake-openai.ts';
import { type OpenAiVariant, openAiDialects, openAiVariants } from '../testing/openai-dialects.ts';
import { sampleTarget } from '../testing/sample-requests.ts';
import { openaiChatAdapter } from './openai-chat-adapter.ts';

const KEY = 'sk-test-0123456789abcdef';

function quirksOf(variant: OpenAiVariant) {
  const presets = {
    vllm: 'openai-compatible',
    'vllm-old': 'openai-compatible',
    ollama: 'openai-compatible',
    litellm: 'openai-compatible',
  } as const;
  return presetOf(variant in presets ? presets[variant as keyof typeof presets] : (variant as Exclude<OpenAiVariant, keyof typeof presets>))
    .quirks;
}

for (const variant of openAiVariants) {
  testAdapterConformance(`openai-chat against ${variant}`, {
    rareCounts: { audioInputTokens: 30, audioOutputTokens: 12, webSearches: 2 },
    throttledStream: {
      rawStream: [
        'data: {"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}\n\n',
        'data: {"error":{"message":"CNRY","code":429},"choices":[{"index":0,"delta":{},"finish_reason":"error"}]}\n\ndata: [DONE]\n\n',
      ],
    },
    showsReasoning: openAiDialects[variant].reasoningField !== null,
    start: async () => {
      const upstream = await startFakeOpenAi({ variant, apiKey: KEY, models: ['example-model'] });
      const target = sampleTarget({ baseUrl: upstream.baseUrl, quirks: quirksOf(variant) });
      return { upstream, caller: callerOf(openaiChatAdapter, target, { apiKey: new Secret(KEY) }) };
    },
  });
}
