import { authKinds, connectionSchema, providerIds } from '@pipelines/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestConfiguration, type TestedConfiguration } from './config-digest.ts';

const configuration: fc.Arbitrary<TestedConfiguration> = fc.record({
  destination: fc.record({
    provider: fc.constantFrom(...providerIds),
    authKind: fc.constantFrom(...authKinds),
    baseUrl: fc.constantFrom('https://a.example', 'https://a.example/v1', 'http://a.example', 'https://a.example:8443'),
    region: fc.constantFrom(null, '', 'us-east-1', 'eu-west-1'),
  }),
  providerModelId: fc.oneof(fc.constantFrom('m', 'm ', 'M'), fc.string({ minLength: 1 })),
  fingerprint: fc.option(fc.uint8Array({ minLength: 32, maxLength: 32 })),
});
const digest = (tested: TestedConfiguration) => digestConfiguration(tested).toString('hex');
const identity = (tested: TestedConfiguration) =>
  JSON.stringify([tested.destination, tested.providerModelId, tested.fingerprint && [...tested.fingerprint]]);

describe('digestConfiguration', () => {
  it('takes every model ID that a body can carry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.integer({ min: 0xd800, max: 0xdfff }), (text, surrogate) => {
        for (const id of [text, text + String.fromCharCode(surrogate)]) {
          const body = { provider: 'openai', auth_kind: 'api_key', provider_model_id: id };
          const parsed = connectionSchema.safeParse(body);
          if (!parsed.success) continue;
          const destination = { provider: 'openai', authKind: 'api_key', baseUrl: 'https://a.example', region: null } as const;
          expect(digest({ destination, providerModelId: parsed.data.provider_model_id, fingerprint: null })).toMatch(/^[0-9a-f]{64}$/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is equal exactly for equal configurations', () => {
    fc.assert(
      fc.property(configuration, configuration, (a, b) => {
        expect(digest(a) === digest(b)).toBe(identity(a) === identity(b));
        expect(digest(structuredClone(a))).toBe(digest(a));
      }),
      { numRuns: 500 },
    );
  });

  it('changes with each single field', () => {
    fc.assert(
      fc.property(configuration, configuration, (a, b) => {
        const mixtures: TestedConfiguration[] = [
          { ...a, providerModelId: b.providerModelId },
          { ...a, fingerprint: b.fingerprint },
          { ...a, destination: { ...a.destination, provider: b.destination.provider } },
          { ...a, destination: { ...a.destination, authKind: b.destination.authKind } },
          { ...a, destination: { ...a.destination, baseUrl: b.destination.baseUrl } },
          { ...a, destination: { ...a.destination, region: b.destination.region } },
        ];
        for (const mixture of mixtures) expect(digest(mixture) === digest(a)).toBe(identity(mixture) === identity(a));
      }),
      { numRuns: 300 },
    );
  });
});
