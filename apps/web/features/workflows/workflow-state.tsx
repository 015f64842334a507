import type { WorkflowState } from '@pipelines/contracts';
import { Status, type StatusTone } from '../../ui/status.tsx';

const words: Record<WorkflowState, { readonly word: string; readonly tone: StatusTone }> = {
  draft: { word: 'Draft', tone: 'off' },
  active: { word: 'Active', tone: 'ok' },
  paused: { word: 'Paused', tone: 'warn' },
  archived: { word: 'Archived', tone: 'off' },
};

export function WorkflowStateWord({ state }: { readonly state: WorkflowState }) {
  const { word, tone } = words[state];
  return <Status tone={tone}>{word}</Status>;
}
