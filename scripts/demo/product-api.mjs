/**
 * The product's own API, as any program would call it.
 * @param {string} url of the product
 * @param {string} key an API key
 */
export function createProductApi(url, key) {
  /**
   * @param {string} method @param {string} path @param {unknown} [body] @param {Record<string, string>} [headers]
   * @returns {Promise<{ status: number, body: any }>}
   */
  async function call(method, path, body, headers = {}) {
    const response = await fetch(url + path, {
      method,
      headers: { ...headers, authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }

  /** Like `call`, but anything else than success is an error in the product's own words. @param {string} method @param {string} path @param {unknown} [body] @param {Record<string, string>} [headers] */
  async function expect(method, path, body, headers) {
    const answer = await call(method, path, body, headers);
    if (answer.status < 300) return answer.body;
    const { detail, fix, error } = answer.body ?? {};
    const words = [detail ?? error?.message, fix].filter(Boolean).join(' ');
    throw new Error(`${method} ${path} answered ${answer.status}. ${words}`);
  }

  return { call, expect };
}

/** @typedef {ReturnType<typeof createProductApi>} ProductApi */
