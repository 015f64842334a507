import type { ProviderAdapter } from '../adapter.ts';
import { SMALLEST_BUDGET } from '../reasoning-wish.ts';
import { bedrockEmbeddings } from './bedrock-embeddings.ts';
import { classifyError } from './classify-error.ts';
import { converseCounting } from './converse-counting.ts';
import { prepareModelList, readModelList } from './list-models.ts';
import { prepareRequest } from './prepare-request.ts';
import { readAnswer } from './read-answer.ts';
import { readStream } from './read-stream.ts';
import { reasoningFamilyOf } from './reasoning-families.ts';

/** Amazon Bedrock's Converse API: a translation both ways. */
export const bedrockConverseAdapter: ProviderAdapter = {
  protocol: 'bedrock-converse',
  expresses: ['json_mode', 'vision', 'tool_use', 'reasoning'],
  passThrough: false,
  prepare: prepareRequest,
  readAnswer,
  readStream,
  opensImage: () => false,
  budgetRange: ({ providerModelId }) =>
    reasoningFamilyOf(providerModelId).style === 'claude-budget' ? { min: SMALLEST_BUDGET, max: null } : null,
  native: (dialect) => (dialect === 'embeddings' ? bedrockEmbeddings : null),
  counting: converseCounting,
  modelList: { prepare: prepareModelList, read: readModelList },
  classify: classifyError,
};
