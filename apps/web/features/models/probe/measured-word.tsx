import type { Capability, Probe } from '@pipelines/contracts';
import { Badge } from '../../../ui/badge.tsx';
import { checkOf, contradictions, verdictWords } from './probe-words.ts';

export interface MeasuredWordProps {
  readonly probe: Probe;
  readonly capability: Capability;
  readonly asserted: Readonly<Record<Capability, boolean>>;
}

/** What was measured of a capability, beside its switch; flagged where the switch says otherwise. */
export function MeasuredWord({ probe, capability, asserted }: MeasuredWordProps) {
  const check = checkOf(probe, capability);
  if (check === undefined) return null;
  const differs = contradictions(asserted, probe).includes(capability);
  return (
    <span title={check.detail} className="inline-block max-w-full">
      <Badge tone={differs ? 'warn' : check.verdict === 'works' ? 'ok' : 'neutral'}>
        Measured: {verdictWords[check.verdict].word.toLowerCase()}
        {differs && (asserted[capability] ? ', but switched on' : ', but switched off')}
      </Badge>
    </span>
  );
}
