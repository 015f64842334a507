import { expect, it } from 'vitest';
import { localAddress } from './sign-in-search.ts';

it.each(['/models', '/models/openai%2Fgpt-5.4', '/log?status=failed'])('lets %s through', (address) => {
  expect(localAddress(address)).toBe(address);
});

it.each([undefined, '', '/', 'https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)'])(
  'refuses %j',
  (address) => {
    expect(localAddress(address)).toBeUndefined();
  },
);
