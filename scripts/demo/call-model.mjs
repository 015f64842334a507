import { createProductApi } from './product-api.mjs';

const QUESTION = 'What is 7 + 5?';

/** A key that may only call models: the saved one while it works, else a new one. @param {import('./product-api.mjs').ProductApi} api @param {string} url @param {string | null} savedKey */
export async function ensureInferenceKey(api, url, savedKey) {
  if (savedKey) {
    const { status } = await createProductApi(url, savedKey).call('GET', '/v1/models');
    if (status === 200) return savedKey;
  }
  const { key } = await api.expect('POST', '/api/api-keys', { name: 'Demo', role: 'inference' });
  return /** @type {string} */ (key);
}

/** Asks the tiny model one question through the gateway. @param {string} url @param {string} key @param {string} slug */
export async function askOnce(url, key, slug) {
  const completion = await createProductApi(url, key).expect('POST', '/v1/chat/completions', questionBody(slug));
  return { question: QUESTION, answer: /** @type {string} */ (completion.choices[0].message.content) };
}

/** The same call for a shell. @param {string} url @param {string} key @param {string} slug */
export function curlLine(url, key, slug) {
  const body = JSON.stringify(questionBody(slug));
  return `curl ${url}/v1/chat/completions -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' -d '${body}'`;
}

/** @param {string} slug */
function questionBody(slug) {
  return { model: slug, messages: [{ role: 'user', content: QUESTION }] };
}
