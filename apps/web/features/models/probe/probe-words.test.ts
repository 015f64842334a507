import type { Probe, ProbeCheck } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { checkOf, contradictions } from './probe-words.ts';

const check = (name: ProbeCheck['name'], verdict: ProbeCheck['verdict']): ProbeCheck => ({
  name,
  verdict,
  detail: '',
  cause: null,
  evidence: [],
});
const probe: Probe = {
  id: 'p',
  at: '2026-11-25T00:00:00Z',
  current: true,
  checks: [check('json_mode', 'ignored'), check('reasoning_effort', 'refused'), check('reasoning_max_tokens', 'works')],
  capabilities: { json_mode: false, vision: null, tool_use: true, reasoning: true },
  reasoning_parameter: 'max_tokens',
  repairs: [],
  calls: 3,
  cost: null,
};

describe('contradictions', () => {
  it('are what is asserted otherwise than measured, and not what was unclear', () => {
    expect(contradictions({ json_mode: true, vision: true, tool_use: true, reasoning: false }, probe)).toEqual(['json_mode', 'reasoning']);
    expect(contradictions({ json_mode: false, vision: false, tool_use: true, reasoning: true }, probe)).toEqual([]);
  });
});

describe('checkOf', () => {
  it('names the way of thinking that works', () => {
    expect(checkOf(probe, 'reasoning')?.name).toBe('reasoning_max_tokens');
    expect(checkOf(probe, 'json_mode')?.verdict).toBe('ignored');
    expect(checkOf(probe, 'vision')).toBeUndefined();
  });
});
