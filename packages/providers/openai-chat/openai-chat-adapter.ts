import type { ProviderAdapter } from '../adapter.ts';
import { SMALLEST_BUDGET } from '../reasoning-wish.ts';
import { classifyError } from './classify-error.ts';
import { prepareModelList, readModelList } from './list-models.ts';
import { nativeResponses } from './native-responses.ts';
import { observeStream } from './observe-stream.ts';
import { openaiEmbeddings } from './openai-embeddings.ts';
import { prepareRequest } from './prepare-request.ts';
import { readAnswer } from './read-answer.ts';
import { readStream } from './read-stream.ts';

/** OpenAI's chat completions, as spoken by OpenAI and by most others: the caller's bytes, patched. */
export const openaiChatAdapter: ProviderAdapter = {
  protocol: 'openai-chat',
  expresses: ['json_mode', 'vision', 'tool_use', 'reasoning'],
  passThrough: true,
  prepare: prepareRequest,
  readAnswer,
  readStream,
  observe: observeStream,
  budgetRange: ({ quirks }) => (quirks.reasoningFormat === 'fireworks' ? { min: SMALLEST_BUDGET, max: null } : null),
  native(dialect, { quirks }) {
    if (dialect === 'embeddings') return openaiEmbeddings;
    return dialect === 'responses' && quirks.responsesPath !== undefined ? nativeResponses : null;
  },
  modelList: { prepare: prepareModelList, read: readModelList },
  classify: classifyError,
};
