import { type Capability, type CatalogueChange, capabilityNames } from '@pipelines/contracts';
import { formatUsd, pricePerMillion } from '../../ui/decimal-text.ts';

type Change = CatalogueChange['fields'][number];

const pricePattern = /^(\w+)_cost_per_token$/;
const flatNames: Readonly<Record<string, string>> = {
  cost_per_request: 'Price of a request',
  cost_per_web_search: 'Price of a web search',
};
const priceNames: Readonly<Record<string, string>> = {
  input: 'Input price',
  output: 'Output price',
  cache_read: 'Price of cached tokens',
  cache_write: 'Price of writing the cache',
  reasoning: 'Price of reasoning',
  audio_input: 'Price of audio input',
  audio_output: 'Price of audio output',
  audio_cache_read: 'Price of cached audio',
};
const names: Readonly<Record<string, string>> = {
  context_tokens: 'Context',
  max_tokens: 'Longest answer',
  reasoning_parameter: 'Reasoning parameter',
  reasoning_efforts: 'Efforts',
  input_modalities: 'Inputs',
  price_tiers: 'Prices of long prompts',
  retires_on: 'Retires',
};

/** "Input price: $3 → $4 per 1M tokens" */
export function describeChange({ field, before, after }: Change): string {
  const price = pricePattern.exec(field)?.[1];
  if (price !== undefined) return `${priceNames[price]}: ${priceText(before)} → ${priceText(after)} per 1M tokens`;
  const flat = flatNames[field];
  if (flat !== undefined) return `${flat}: ${flatText(field, before)} → ${flatText(field, after)}`;
  const capability = /^capabilities\.(\w+)$/.exec(field)?.[1];
  if (capability !== undefined) return `${capabilityNames[capability as Capability] ?? capability}: ${plain(before)} → ${plain(after)}`;
  const unit = field.endsWith('_tokens') ? ' tokens' : '';
  return `${names[field] ?? field.replaceAll('_', ' ')}: ${plain(before)} → ${plain(after)}${unit}`;
}

function priceText(value: unknown): string {
  return typeof value === 'string' ? `$${pricePerMillion(value)}` : 'unknown';
}

function flatText(field: string, value: unknown): string {
  if (typeof value === 'string') return formatUsd(value);
  return field === 'cost_per_web_search' ? 'unknown' : 'none';
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return 'not known';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return value.toLocaleString('en');
  if (!Array.isArray(value)) return String(value);
  return value.length === 0 ? 'none' : value.map(itemText).join(', ');
}

function itemText(item: unknown): string {
  if (typeof item !== 'object' || item === null || !('abovePromptTokens' in item)) return String(item);
  return `above ${Number(item.abovePromptTokens).toLocaleString('en')} tokens`;
}
