import type { ProviderId } from '@pipelines/contracts';

export const providerNames: Record<ProviderId, string> = {
  fireworks: 'Fireworks',
  together: 'Together AI',
  bedrock: 'Bedrock',
  huggingface: 'HuggingFace',
  'openai-compatible': 'OpenAI-compatible',
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  google: 'Google',
  openrouter: 'OpenRouter',
};
