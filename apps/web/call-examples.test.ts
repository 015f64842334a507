import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { callExamples } from './call-examples.ts';

const model = { origin: 'http://127.0.0.1:8080', slug: "it's/odd", task: 'chat', apiKey: 'ppl_abc' } as const;

describe('callExamples', () => {
  it('gives a shell one command, whatever the slug holds', () => {
    const [curl] = callExamples(model);
    const printed = execFileSync('sh', ['-c', (curl?.code ?? '').replace(/^curl/, 'printf "%s\\n"')], { encoding: 'utf8' }).split('\n');
    expect(printed).toContain('Authorization: Bearer ppl_abc');
    expect(JSON.parse(printed.at(-2) ?? '')).toMatchObject({ model: "it's/odd", messages: [{ role: 'user' }] });
  });

  it('has one for each dialect, with the base URL that its client wants', () => {
    const of = (task: 'chat' | 'embeddings') => callExamples({ ...model, slug: 'acme', task, apiKey: null });
    expect(of('chat').map(({ name }) => name)).toEqual(['curl', 'openai', 'openai responses', 'anthropic']);
    expect(of('chat')[1]?.code).toContain("baseURL: 'http://127.0.0.1:8080/v1', apiKey: process.env.PIPELINES_API_KEY");
    expect(of('chat')[3]?.code).toContain("baseURL: 'http://127.0.0.1:8080', ");
    expect(of('embeddings').map(({ name }) => name)).toEqual(['curl', 'openai']);
  });
});
