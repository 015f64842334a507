import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { curlExample } from './curl-example.ts';

it('reaches curl as one address, two headers and a JSON body, whatever the slug', () => {
  const command = curlExample('http://127.0.0.1:8080', 'ppl_abc', "it's/odd");
  const printed = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${command}`], { encoding: 'utf8' })
    .trim()
    .split('\n');
  expect(printed.slice(0, 6)).toEqual([
    'http://127.0.0.1:8080/v1/chat/completions',
    '-H',
    'Authorization: Bearer ppl_abc',
    '-H',
    'Content-Type: application/json',
    '-d',
  ]);
  expect(JSON.parse(printed[6] ?? '')).toMatchObject({ model: "it's/odd" });
});
