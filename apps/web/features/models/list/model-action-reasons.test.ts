import { expect, it } from 'vitest';
import { modelActionReasons } from './model-action-reasons.ts';

const custom = { kind: 'custom', status: 'ready', status_detail: null, is_default: false, active: true } as const;
const admin = ['models:read', 'models:write', 'models:call', 'settings:write'] as const;

it('lets an admin do everything with a custom model', () => {
  expect(Object.values(modelActionReasons(custom, admin)).every((reason) => reason === null)).toBe(true);
});

it('keeps platform models from being edited or deleted, not from being tried, tested or preferred', () => {
  const reasons = modelActionReasons({ ...custom, kind: 'platform' }, admin);
  expect(reasons).toMatchObject({ try: null, test: null, makeDefault: null });
  expect(reasons.edit).toContain('operator');
  expect(reasons.delete).toContain('operator');
});

it('says what the operator must set', () => {
  const reasons = modelActionReasons(
    { ...custom, kind: 'platform', status: 'not_configured', status_detail: 'The operator must set OPENROUTER_API_KEY.' },
    admin,
  );
  expect(reasons.try).toContain('OPENROUTER_API_KEY');
  expect(reasons.test).toContain('OPENROUTER_API_KEY');
});

it('protects the default model', () => {
  const reasons = modelActionReasons({ ...custom, is_default: true }, admin);
  expect(reasons.delete).toContain('another default');
  expect(reasons.makeDefault).toContain('already');
});

it('lets a viewer only look, and a builder also call', () => {
  expect(Object.values(modelActionReasons(custom, ['models:read'])).every(Boolean)).toBe(true);
  expect(modelActionReasons(custom, ['models:read', 'models:call'])).toMatchObject({ try: null });
});

it('offers nothing of a deactivated model', () => {
  const reasons = modelActionReasons({ ...custom, active: false, status: 'deactivated' }, admin);
  expect(Object.values(reasons).every(Boolean)).toBe(true);
});
