/** @typedef {import('./product-api.mjs').ProductApi} ProductApi */

/**
 * Makes the tiny model callable, the way a person does it in the page: test the connection, then
 * save. A model of an earlier run whose server has moved gets the new address and is tested again.
 * @param {ProductApi} api @param {{ baseUrl: string, apiKey: string, slug: string | null }} tiny
 * @returns {Promise<string>} its slug
 */
export async function registerTinyModel(api, tiny) {
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: tiny.baseUrl,
    provider_model_id: 'tiny-chat',
    credential: { api_key: tiny.apiKey },
  };
  const model = tiny.slug ? await findModel(api, tiny.slug) : null;
  if (!model) return createModel(api, connection);
  if (model.base_url !== tiny.baseUrl) await moveModel(api, model.slug, connection);
  return model.slug;
}

/** @param {ProductApi} api @param {string} slug */
async function findModel(api, slug) {
  const { status, body } = await api.call('GET', `/api/models/${slug}`);
  return status === 200 && body.active ? body : null;
}

/** @param {ProductApi} api @param {object} connection */
async function createModel(api, connection) {
  const test = requirePassed(await api.expect('POST', '/api/connection-tests', connection));
  const model = await api.expect('POST', '/api/models', {
    ...connection,
    connection_test_id: test.id,
    display_name: 'Tiny Chat',
    max_tokens: 128,
    capabilities: { json_mode: true, vision: false, tool_use: true, reasoning: false },
    // Invented, so that the log has costs to show.
    input_cost_per_token: '0.0000001',
    output_cost_per_token: '0.0000004',
  });
  return model.slug;
}

/** @param {ProductApi} api @param {string} slug @param {{ base_url: string, auth_kind: string, credential: object }} connection */
async function moveModel(api, slug, { base_url, auth_kind, credential }) {
  await api.expect('PATCH', `/api/models/${slug}`, { base_url, auth_kind, credential });
  requirePassed(await api.expect('POST', `/api/models/${slug}/connection-tests`, {}));
}

/** @param {{ id: string, passed: boolean, message: string, fix: string | null }} test */
function requirePassed(test) {
  if (!test.passed) throw new Error(`The tiny model's connection test failed. ${test.message} ${test.fix ?? ''}`);
  return test;
}
