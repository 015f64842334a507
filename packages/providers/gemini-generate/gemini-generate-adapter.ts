import type { ProviderAdapter } from '../adapter.ts';
import { classifyError } from './classify-error.ts';
import { geminiEmbeddings } from './gemini-embeddings.ts';
import { geminiFamilyOf } from './gemini-families.ts';
import { generateCounting } from './generate-counting.ts';
import { prepareModelList, readModelList } from './list-models.ts';
import { prepareRequest } from './prepare-request.ts';
import { readAnswer } from './read-answer.ts';
import { readStream } from './read-stream.ts';

/** Google's Gemini API: a translation both ways. */
export const geminiGenerateAdapter: ProviderAdapter = {
  protocol: 'gemini-generate',
  expresses: ['json_mode', 'vision', 'tool_use', 'reasoning'],
  passThrough: false,
  prepare: prepareRequest,
  readAnswer,
  readStream,
  opensImage: (url, { providerModelId }) => geminiFamilyOf(providerModelId).fetchesImages && /^https:/i.test(url),
  budgetRange({ providerModelId }) {
    const { thinking } = geminiFamilyOf(providerModelId);
    return thinking.kind === 'budget' ? thinking : null;
  },
  native: (dialect) => (dialect === 'embeddings' ? geminiEmbeddings : null),
  counting: generateCounting,
  modelList: { prepare: prepareModelList, read: readModelList },
  classify: classifyError,
};
