import type { ProviderAdapter } from '../adapter.ts';
import { SMALLEST_BUDGET } from '../reasoning-wish.ts';
import { classifyError } from './classify-error.ts';
import { prepareModelList, readModelList } from './list-models.ts';
import { messagesCounting } from './messages-counting.ts';
import { nativeMessages } from './native-messages.ts';
import { prepareRequest } from './prepare-request.ts';
import { readAnswer } from './read-answer.ts';
import { readStream } from './read-stream.ts';

/** Anthropic's Messages API: a translation both ways. */
export const anthropicMessagesAdapter: ProviderAdapter = {
  protocol: 'anthropic-messages',
  expresses: ['json_mode', 'vision', 'tool_use', 'reasoning'],
  passThrough: false,
  prepare: prepareRequest,
  readAnswer,
  readStream,
  opensImage: (url) => /^https:/i.test(url),
  budgetRange: () => ({ min: SMALLEST_BUDGET, max: null }),
  native: (dialect) => (dialect === 'messages' ? nativeMessages : null),
  counting: messagesCounting,
  modelList: { prepare: prepareModelList, read: readModelList },
  classify: classifyError,
};
