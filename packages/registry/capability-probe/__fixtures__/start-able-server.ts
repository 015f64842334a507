import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readDigits } from './read-digits.ts';

type Ability = 'works' | 'refuses' | 'ignores';

/** What a server of the OpenAI wire can do. */
export interface Abilities {
  readonly json?: Ability;
  readonly vision?: Ability;
  readonly tools?: Ability | 'when-demanded';
  readonly parallel?: boolean;
  readonly effort?: Ability;
  readonly budget?: Ability;
  /** Thinks whatever it is asked. */
  readonly alwaysThinks?: boolean;
  readonly maxTokens?: Ability;
  readonly maxCompletionTokens?: Ability;
  readonly system?: Ability;
  readonly developer?: Ability;
  readonly usageInStream?: boolean;
  /** False: the arguments of calls are cut off in a stream. */
  readonly streamedTools?: boolean;
}

interface Body {
  readonly messages: { readonly role: string; readonly content: string | { type: string; text?: string; image_url?: { url: string } }[] }[];
  readonly tools?: { function: { name: string; parameters: { properties: { code: { enum?: string[] } } } } }[];
  readonly tool_choice?: unknown;
  readonly response_format?: { json_schema: { schema: { properties: { code: { enum: string[] } } } } };
  readonly reasoning_effort?: string;
  readonly thinking_token_budget?: number;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly stream?: boolean;
}

export interface AbleServer {
  readonly baseUrl: string;
  readonly bodies: readonly Body[];
  close(): Promise<void>;
}

/** Answers as a model with just these abilities would; what is not named works not and is ignored. */
export async function startAbleServer(abilities: Abilities): Promise<AbleServer> {
  const bodies: Body[] = [];
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') {
      response.writeHead(404).end();
      return;
    }
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = JSON.parse(Buffer.concat(pieces).toString('utf8') || '{}') as Body;
    bodies.push(body);
    const refusal = refuse(body, abilities);
    if (refusal !== null) {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          error: {
            message: refusal,
            type: 'invalid_request_error',
            param: /'(max_\w+)'/.exec(refusal)?.[1] ?? null,
            code: 'unsupported_parameter',
          },
        }),
      );
      return;
    }
    const { message, finish_reason, usage } = answer(body, abilities);
    if (body.stream !== true) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          id: 'c',
          object: 'chat.completion',
          created: 1,
          model: 'm',
          choices: [{ index: 0, message, finish_reason }],
          usage,
        }),
      );
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (value: object) =>
      response.write(`data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', ...value })}\n\n`);
    for (const delta of deltasOf(message, abilities)) send({ choices: [{ index: 0, delta, finish_reason: null }] });
    send({ choices: [{ index: 0, delta: {}, finish_reason }] });
    if (abilities.usageInStream !== false) send({ choices: [], usage });
    response.end('data: [DONE]\n\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    bodies,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refuse(body: Body, abilities: Abilities): string | null {
  const asked: readonly (readonly [boolean, Ability | 'when-demanded' | undefined, string])[] = [
    [body.response_format !== undefined, abilities.json, 'response_format is not supported by this model'],
    [imageOf(body) !== null, abilities.vision, 'this model does not support image input'],
    [body.tools !== undefined, abilities.tools, 'this model does not support tools'],
    [body.reasoning_effort !== undefined, abilities.effort, 'reasoning_effort is not supported'],
    [body.thinking_token_budget !== undefined, abilities.budget, 'thinking_token_budget: reasoning is not supported'],
    [
      body.max_tokens !== undefined,
      abilities.maxTokens,
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    ],
    [body.max_completion_tokens !== undefined, abilities.maxCompletionTokens, "Unsupported parameter: 'max_completion_tokens'"],
    [hasRole(body, 'system'), abilities.system, 'System role not supported'],
    [hasRole(body, 'developer'), abilities.developer, "Unexpected role 'developer'"],
  ];
  return asked.find(([isAsked, ability]) => isAsked && ability === 'refuses')?.[2] ?? null;
}

function answer(body: Body, abilities: Abilities) {
  const thinking = thoughtOf(body, abilities);
  const calls = callsOf(body, abilities);
  const limit =
    (abilities.maxCompletionTokens === 'works' ? body.max_completion_tokens : undefined) ??
    (abilities.maxTokens === 'works' ? body.max_tokens : undefined) ??
    Number.POSITIVE_INFINITY;
  const words = calls.length > 0 ? [] : textOf(body, abilities).split(' ');
  const cut = words.length > limit;
  const usage = {
    prompt_tokens: 10,
    completion_tokens: Math.min(words.length, limit) + thinking.length + calls.length * 5,
    total_tokens: 20,
    completion_tokens_details: { reasoning_tokens: thinking.length },
  };
  const message = {
    role: 'assistant',
    content: calls.length > 0 ? null : words.slice(0, cut ? limit : undefined).join(' '),
    ...(thinking.length > 0 && { reasoning: thinking.join(' ') }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  return { message, finish_reason: cut ? 'length' : calls.length > 0 ? 'tool_calls' : 'stop', usage };
}

function thoughtOf(body: Body, { effort, budget, alwaysThinks = false }: Abilities): string[] {
  const byEffort = effort === 'works' && body.reasoning_effort ? { low: 20, high: 90 }[body.reasoning_effort] : undefined;
  const byBudget = budget === 'works' && body.thinking_token_budget ? body.thinking_token_budget / 10 : undefined;
  return Array.from({ length: Math.round(byEffort ?? byBudget ?? (alwaysThinks ? 40 : 0)) }, () => 'hm');
}

function callsOf(body: Body, { tools, parallel = false }: Abilities) {
  const tool = body.tools?.[0];
  if (tool === undefined || tools === undefined || tools === 'ignores') return [];
  const demanded = typeof body.tool_choice === 'object' && body.tool_choice !== null;
  if (tools === 'when-demanded' && !demanded) return [];
  const wanted =
    tool.function.parameters.properties.code.enum ?? [...lastText(body).matchAll(/the code (\w+)/g)].map((match) => match[1] ?? '');
  return (parallel ? wanted : wanted.slice(0, 1)).map((code, index) => ({
    id: `call_${index}`,
    type: 'function',
    function: { name: tool.function.name, arguments: JSON.stringify({ code }) },
  }));
}

function textOf(body: Body, abilities: Abilities): string {
  if (body.response_format !== undefined && abilities.json === 'works') {
    return JSON.stringify({ code: body.response_format.json_schema.schema.properties.code.enum[0] });
  }
  const image = imageOf(body);
  if (image !== null) return abilities.vision === 'works' ? readDigits(image) : '12345';
  for (const role of ['system', 'developer'] as const) {
    const told = body.messages.find((message) => message.role === role)?.content;
    if (typeof told === 'string' && abilities[role] === 'works') return /word (\w+)/.exec(told)?.[1] ?? '';
  }
  if (lastText(body).startsWith('Count')) return Array.from({ length: 90 }, (_, index) => String(index + 1)).join(' ');
  return 'The sea is wide and blue.';
}

function deltasOf(message: ReturnType<typeof answer>['message'], { streamedTools = true }: Abilities): object[] {
  const calls = message.tool_calls ?? [];
  if (calls.length === 0) return (message.content ?? '').split(/(?<= )/).map((content) => ({ content }));
  return calls.flatMap((call, index) => {
    const half = Math.ceil(call.function.arguments.length / 2);
    const first = {
      index,
      id: call.id,
      type: 'function',
      function: { name: call.function.name, arguments: call.function.arguments.slice(0, half) },
    };
    if (!streamedTools) return [{ tool_calls: [first] }];
    return [{ tool_calls: [first] }, { tool_calls: [{ index, function: { arguments: call.function.arguments.slice(half) } }] }];
  });
}

function lastText({ messages }: Body): string {
  const content = messages.at(-1)?.content;
  return typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');
}

function imageOf({ messages }: Body): string | null {
  const content = messages.at(-1)?.content;
  return (typeof content === 'string' ? [] : (content ?? [])).find((part) => part.type === 'image_url')?.image_url?.url ?? null;
}

function hasRole({ messages }: Body, role: string): boolean {
  return messages.some((message) => message.role === role);
}
