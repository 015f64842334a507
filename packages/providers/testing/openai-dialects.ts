import { type FakeError, fakeErrors } from './openai-errors.ts';

export const openAiVariants = [
  'openai',
  'openrouter',
  'fireworks',
  'together',
  'huggingface',
  'vllm',
  'vllm-old',
  'ollama',
  'litellm',
] as const;
export type OpenAiVariant = (typeof openAiVariants)[number];

/** What tells one server of the OpenAI wire from another. */
export interface OpenAiDialect {
  readonly basePath: string;
  /** True: it speaks the Responses API too. */
  readonly responses?: true;
  readonly reasoningField: 'reasoning' | 'reasoning_content' | null;
  /** Where a stream tells its usage: in a chunk of its own if asked, or always in the last one. */
  readonly usage: 'chunk-if-asked' | 'chunk-always' | 'finish-chunk';
  readonly stopWord: 'stop' | 'eos';
  readonly list: 'data' | 'array';
  readonly cost: boolean;
  readonly comments: boolean;
  readonly maxTokensFields: readonly string[];
  readonly thinks: (body: Body) => boolean;
  readonly refuse: (body: Body) => FakeError | null;
  readonly errors: Readonly<Record<'bad_key' | 'model_not_found' | 'not_found', FakeError>>;
}

type Body = Readonly<Record<string, unknown>>;

const both = ['max_completion_tokens', 'max_tokens'];
const byEffort = (body: Body): boolean => typeof body.reasoning_effort === 'string' && body.reasoning_effort !== 'none';
const hasDeveloper = (body: Body): boolean =>
  Array.isArray(body.messages) && body.messages.some((message) => message?.role === 'developer');
const noDeveloper = (body: Body): FakeError | null => (hasDeveloper(body) ? fakeErrors.unknownRole : null);

const plain: OpenAiDialect = {
  basePath: '/v1',
  reasoningField: 'reasoning',
  usage: 'chunk-if-asked',
  stopWord: 'stop',
  list: 'data',
  cost: false,
  comments: false,
  maxTokensFields: both,
  thinks: byEffort,
  refuse: () => null,
  errors: { bad_key: fakeErrors.openAiBadKey, model_not_found: fakeErrors.openAiModel, not_found: fakeErrors.openAiPath },
};

export const openAiDialects: Readonly<Record<OpenAiVariant, OpenAiDialect>> = {
  openai: {
    responses: true,
    ...plain,
    reasoningField: null,
    refuse: (body) => {
      if (body.reasoning !== undefined) return fakeErrors.unknownReasoning;
      if (!/^(?:o\d|gpt-5)/.test(String(body.model))) return null;
      if (body.max_tokens !== undefined) return fakeErrors.maxTokens;
      return typeof body.max_completion_tokens === 'number' && body.max_completion_tokens < 16 ? fakeErrors.tooFewTokens : null;
    },
  },
  openrouter: {
    ...plain,
    basePath: '/api/v1',
    usage: 'chunk-always',
    cost: true,
    comments: true,
    thinks: (body) => byEffort(body) || (typeof body.reasoning === 'object' && body.reasoning !== null),
    errors: { bad_key: fakeErrors.openRouterBadKey, model_not_found: fakeErrors.openRouterModel, not_found: fakeErrors.htmlPage },
  },
  fireworks: {
    ...plain,
    basePath: '/inference/v1',
    reasoningField: 'reasoning_content',
    usage: 'finish-chunk',
    thinks: (body) => byEffort(body) || (body.thinking as { type?: unknown } | undefined)?.type === 'enabled',
    refuse: noDeveloper,
    errors: { bad_key: fakeErrors.fireworksBadKey, model_not_found: fakeErrors.fireworksModel, not_found: fakeErrors.fireworksPath },
  },
  together: {
    ...plain,
    usage: 'finish-chunk',
    stopWord: 'eos',
    list: 'array',
    maxTokensFields: ['max_tokens'],
    thinks: (body) => (body.reasoning as { enabled?: unknown } | undefined)?.enabled === true,
    refuse: (body) => noDeveloper(body) ?? (typeof body.logprobs === 'boolean' ? fakeErrors.togetherLogprobs : null),
    errors: { bad_key: fakeErrors.togetherBadKey, model_not_found: fakeErrors.togetherModel, not_found: fakeErrors.openAiPath },
  },
  huggingface: {
    ...plain,
    reasoningField: null,
    maxTokensFields: ['max_tokens'],
    refuse: noDeveloper,
    errors: { bad_key: fakeErrors.huggingFaceBadKey, model_not_found: fakeErrors.vllmModel, not_found: fakeErrors.plainNotFound },
  },
  vllm: { ...plain, errors: { bad_key: fakeErrors.vllmBadKey, model_not_found: fakeErrors.vllmModel, not_found: fakeErrors.fastApiPath } },
  'vllm-old': {
    ...plain,
    reasoningField: 'reasoning_content',
    errors: { bad_key: fakeErrors.vllmBadKey, model_not_found: fakeErrors.vllmOldModel, not_found: fakeErrors.fastApiPath },
  },
  ollama: {
    ...plain,
    maxTokensFields: ['max_tokens'],
    errors: { bad_key: fakeErrors.ollamaBadKey, model_not_found: fakeErrors.ollamaModel, not_found: fakeErrors.goPath },
  },
  litellm: {
    ...plain,
    errors: { bad_key: fakeErrors.liteLlmBadKey, model_not_found: fakeErrors.liteLlmModel, not_found: fakeErrors.fastApiPath },
  },
};
