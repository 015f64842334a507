import { expect, it } from 'vitest';
import { renderUrl } from './render-url.ts';

const scope = { input: { base: 'https://api.acme.test/v1', id: '../admin?x=1#@evil.test' }, steps: {} };

it.each([
  ['https://acme.test/{{input.id}}/x', 'https://acme.test/..%2Fadmin%3Fx%3D1%23%40evil.test/x'],
  ['{{input.base}}/items', 'https://api.acme.test/v1/items'],
  ['https://acme.test/plain', 'https://acme.test/plain'],
])('%s', (template, url) => {
  expect(renderUrl(template, scope)).toBe(url);
});

it.each(['.', '..'])('refuses a variable that is "%s": it would lead along the path', (id) => {
  expect(() => renderUrl('https://acme.test/items/{{input.id}}/notes', { input: { id }, steps: {} })).toThrow('lead elsewhere');
});

it('escapes half of a character as what stands for it', () => {
  expect(renderUrl('https://acme.test/{{input.id}}', { input: { id: '\ud800' }, steps: {} })).toBe('https://acme.test/%EF%BF%BD');
});
