/** Fields of a chat request that every translation reads, or that mean nothing beyond this call. */
export const chatFields = [
  'model',
  'messages',
  'stream',
  'stream_options',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'top_k',
  'stop',
  'tools',
  'tool_choice',
  'response_format',
  'reasoning',
  'reasoning_effort',
] as const;
