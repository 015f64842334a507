import type { ImpactEffect } from '@pipelines/contracts';
import { Badge } from '../../../ui/badge.tsx';

const words = {
  breaks: { word: 'Breaks', tone: 'bad' },
  may_break: { word: 'May break', tone: 'warn' },
  changes: { word: 'Changes', tone: 'neutral' },
} as const;

export function EffectWord({ effect }: { readonly effect: ImpactEffect }) {
  const { word, tone } = words[effect];
  return <Badge tone={tone}>{word}</Badge>;
}
