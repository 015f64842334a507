import type { Product } from './start-product.ts';

export interface ChatMessage {
  readonly role: string;
  readonly content: string | null;
  readonly reasoning?: string;
  readonly tool_calls?: readonly { readonly id: string; readonly function: { readonly name: string; readonly arguments: string } }[];
}

export interface ChatUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  /** USD. */
  readonly cost?: number | string | null;
}

interface WholeAnswer {
  readonly choices: readonly { readonly message: ChatMessage; readonly finish_reason: string }[];
  readonly usage: ChatUsage;
}

interface Chunk {
  readonly choices: readonly { readonly delta: Partial<ChatMessage>; readonly finish_reason: string | null }[];
  readonly usage?: ChatUsage | null;
}

export interface ErrorAnswer {
  readonly error: { readonly message: string; readonly type: string; readonly code: string; readonly param: string | null };
}

/** One call of the gateway, as any program makes it. */
export function postChat(product: Pick<Product, 'url'>, apiKey: string, body: object, signal?: AbortSignal): Promise<Response> {
  return fetch(`${product.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
}

export async function askWhole(product: Product, slug: string, text: string, more: object = {}) {
  const response = await postChat(product, product.admin.apiKey, { model: slug, messages: [{ role: 'user', content: text }], ...more });
  const answer = (await response.json()) as WholeAnswer & ErrorAnswer;
  return { status: response.status, headers: response.headers, answer, text: answer.choices?.[0]?.message.content ?? '' };
}

export async function askStreamed(product: Product, slug: string, text: string, more: object = {}) {
  const body = { model: slug, messages: [{ role: 'user', content: text }], stream: true, ...more };
  const response = await postChat(product, product.admin.apiKey, body);
  const events = (await response.text())
    .split('\n\n')
    .flatMap((event) => event.split('\n').filter((line) => line.startsWith('data: ')))
    .map((line) => line.slice('data: '.length));
  const chunks = events.filter((data) => data !== '[DONE]').map((data) => JSON.parse(data) as Chunk);
  return {
    status: response.status,
    chunks,
    text: chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join(''),
    usage: chunks.findLast((chunk) => chunk.usage)?.usage ?? null,
    isDone: events.at(-1) === '[DONE]',
  };
}
