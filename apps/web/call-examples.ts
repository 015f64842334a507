import type { ModelTask } from '@pipelines/contracts';
import type { CodeExample } from './ui/code-tabs.tsx';

export interface CalledModel {
  /** Where this server is, without a path. */
  readonly origin: string;
  readonly slug: string;
  readonly task: ModelTask;
  /** Null: read from the environment variable `PIPELINES_API_KEY`. */
  readonly apiKey: string | null;
}

/** How programs call a model, by each client that speaks a dialect of ours: complete, to be pasted. */
export function callExamples(model: CalledModel): readonly CodeExample[] {
  if (model.task === 'embeddings') {
    return [
      { name: 'curl', code: curl(model, '/v1/embeddings', { model: model.slug, input: 'Hello' }) },
      {
        name: 'openai',
        code: openai(model, `client.embeddings.create({ model: ${text(model.slug)}, input: 'Hello' })`, 'data[0].embedding'),
      },
    ];
  }
  const messages = [{ role: 'user', content: 'Say hello.' }];
  const said = `[{ role: 'user', content: 'Say hello.' }]`;
  return [
    { name: 'curl', code: curl(model, '/v1/chat/completions', { model: model.slug, messages }) },
    {
      name: 'openai',
      code: openai(
        model,
        `client.chat.completions.create({ model: ${text(model.slug)}, messages: ${said} })`,
        'choices[0].message.content',
      ),
    },
    {
      name: 'openai responses',
      code: openai(model, `client.responses.create({ model: ${text(model.slug)}, input: 'Say hello.', store: false })`, 'output_text'),
    },
    { name: 'anthropic', code: anthropic(model, said) },
  ];
}

/** For a POSIX shell. */
function curl({ origin, apiKey }: CalledModel, path: string, body: object): string {
  return [
    `curl ${origin}${path} \\`,
    `  -H "Authorization: Bearer ${apiKey ?? '$PIPELINES_API_KEY'}" \\`,
    '  -H "Content-Type: application/json" \\',
    `  -d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`,
  ].join('\n');
}

function openai(model: CalledModel, call: string, answer: string): string {
  return [
    "import OpenAI from 'openai';",
    '',
    `const client = new OpenAI({ baseURL: '${model.origin}/v1', apiKey: ${keyOf(model)} });`,
    `const answer = await ${call};`,
    `console.log(answer.${answer});`,
  ].join('\n');
}

function anthropic(model: CalledModel, messages: string): string {
  return [
    "import Anthropic from '@anthropic-ai/sdk';",
    '',
    `const client = new Anthropic({ baseURL: '${model.origin}', apiKey: ${keyOf(model)} });`,
    `const answer = await client.messages.create({ model: ${text(model.slug)}, max_tokens: 1024, messages: ${messages} });`,
    'console.log(answer.content);',
  ].join('\n');
}

function keyOf({ apiKey }: CalledModel): string {
  return apiKey === null ? 'process.env.PIPELINES_API_KEY' : text(apiKey);
}

function text(value: string): string {
  return `'${value}'`;
}
