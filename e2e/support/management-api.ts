import type { Product } from './start-product.ts';

/** The product's management API with the admin's key, for what a journey takes as given. */
export function managementApi(product: Pick<Product, 'url' | 'admin'>) {
  return async function call<Answer>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(product.url + path, {
      method,
      headers: { authorization: `Bearer ${product.admin.apiKey}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  };
}

export type ManagementApi = ReturnType<typeof managementApi>;
