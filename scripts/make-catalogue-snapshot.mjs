/**
 * Makes `packages/registry/catalogue/snapshot.json` (OpenRouter's models) and `packages/registry/price-book/snapshot.json`
 * (the prices of other providers) anew from a catalogue that npm carries:
 *
 *     npm pack @oh-my-pi/pi-catalog && tar xzf oh-my-pi-pi-catalog-*.tgz
 *     node scripts/make-catalogue-snapshot.mjs package/src/models.json "@oh-my-pi/pi-catalog 18.2.11" 2026-09
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fromRoot } from './repository.mjs';

const [file, source, dated] = process.argv.slice(2);
if (!file || !source || !dated) {
  console.error('Usage: node scripts/make-catalogue-snapshot.mjs MODELS_JSON "PACKAGE VERSION" YYYY-MM');
  process.exit(2);
}

/** Dollars per million tokens as a decimal string per token. The source has counted in floating point. @param {number | undefined} perMillion */
function perToken(perMillion) {
  if (perMillion === undefined) return null;
  const text = Number((perMillion / 1e6).toPrecision(9)).toFixed(15);
  return text.replace(/0+$/, '').replace(/\.$/, '');
}

/** A price of nothing is said of caches that are not priced. @param {number | undefined} perMillion */
const cachePrice = (perMillion) => (perMillion ? perToken(perMillion) : null);

/** Nothing is the price of what is called free; elsewhere it means that no price is known. @param {any} model */
function bothPrices({ id, cost }) {
  const known = cost.input > 0 || cost.output > 0 || id.endsWith(':free');
  return { input: known ? perToken(cost.input) : null, output: known ? perToken(cost.output) : null };
}

const catalogue = JSON.parse(readFileSync(file, 'utf8'));
const { openrouter } = catalogue;
const models = Object.values(openrouter)
  // Without a context it is no chat model; a negative price is that of a router, which has none.
  .filter(({ id, cost, contextWindow }) => /^[a-z0-9-]+\/[A-Za-z0-9._:-]+$/.test(id) && contextWindow && cost && cost.input >= 0)
  .map((model) => ({
    slug: model.id,
    name: String(model.name ?? model.id).slice(0, 120),
    context: model.contextWindow ?? null,
    answer: model.maxTokens ?? null,
    inputs: model.input ?? ['text'],
    tools: model.compat?.supportsToolChoice === true,
    efforts: model.reasoning ? (model.thinking?.efforts ?? []) : null,
    ...bothPrices(model),
    cache_read: cachePrice(model.cost.cacheRead),
    cache_write: cachePrice(model.cost.cacheWrite),
  }))
  .sort((a, b) => (a.slug < b.slug ? -1 : 1));

const lines = models.map((model) => `    ${JSON.stringify(model)}`).join(',\n');
const target = fromRoot('packages/registry/catalogue/snapshot.json');
writeFileSync(target, `{\n  "source": ${JSON.stringify(source)},\n  "models": [\n${lines}\n  ]\n}\n`);
console.log(`${models.length} models`);

/** Our providers, as the source calls them. */
const priced = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  bedrock: 'amazon-bedrock',
  together: 'together',
  fireworks: 'fireworks',
};
/** The source shortens the IDs of Fireworks. @param {string} provider @param {string} id */
const fullId = (provider, id) => (provider === 'fireworks' ? `accounts/fireworks/models/${id.replace(/(\d)\.(\d)/g, '$1p$2')}` : id);

const priceLines = Object.entries(priced).map(([provider, name]) => {
  const entries = Object.values(catalogue[name])
    .filter(({ cost }) => cost && cost.input > 0 && cost.output > 0)
    .map(({ id, cost }) => ({
      id: fullId(provider, id),
      prices: [perToken(cost.input), perToken(cost.output), cachePrice(cost.cacheRead), cachePrice(cost.cacheWrite)],
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const lines = entries.map(({ id, prices }) => `      ${JSON.stringify(id)}: ${JSON.stringify(prices)}`);
  return `    ${JSON.stringify(provider)}: {\n${lines.join(',\n')}\n    }`;
});
const notes = ['USD per token: input, output, cached read, cache write'];
const prices = `{\n  "source": ${JSON.stringify(source)},\n  "dated": ${JSON.stringify(dated)},\n  "notes": ${JSON.stringify(notes)},\n  "prices": {\n${priceLines.join(',\n')}\n  }\n}\n`;
writeFileSync(fromRoot('packages/registry/price-book/snapshot.json'), prices);
