import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slugFromName, slugMaxLength, uniqueSlug } from './slug.ts';

describe('slugFromName', () => {
  it.each([
    ['Acme Llama FT v2', 'acme-llama-ft-v2'],
    ['  Ünïcode — Modèle  ', 'unicode-modele'],
    ['a/b.c:d', 'a-b-c-d'],
    ['模型', ''],
    ['---', ''],
  ])('%s gives %s', (name, slug) => {
    expect(slugFromName(name)).toBe(slug);
  });

  it('always has the stored form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const slug = uniqueSlug(name, () => false);
        expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(slug.length).toBeLessThanOrEqual(slugMaxLength);
      }),
    );
  });
});

describe('uniqueSlug', () => {
  it('counts up from -2', () => {
    const taken = new Set(['model', 'model-2']);
    expect(uniqueSlug('Model', (slug) => taken.has(slug))).toBe('model-3');
  });

  it('keeps the length when a long name is taken', () => {
    const base = slugFromName('x'.repeat(80));
    const second = uniqueSlug('x'.repeat(80), (slug) => slug === base);
    expect(second).toHaveLength(slugMaxLength);
    expect(second.endsWith('-2')).toBe(true);
  });

  it('names a model without ASCII letters', () => {
    expect(uniqueSlug('模型', () => false)).toBe('model');
  });
});
