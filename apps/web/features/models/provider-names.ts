import type { ProviderId } from '@pipelines/contracts';

export const providerNames: Record<ProviderId, string> = {
  fireworks: 'Fireworks',
  together: 'Together AI',
  bedrock: 'Bedrock',
  huggingface: 'Hugging Face',
  'openai-compatible': 'OpenAI-compatible',
  openai: 'OpenAI',
  openrouter: 'OpenRouter',
};
