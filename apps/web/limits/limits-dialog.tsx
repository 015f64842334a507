import { Dialog } from '../ui/dialog.tsx';
import type { LimitSubject } from './limit-subject.ts';
import { LimitsOf } from './limits-of.tsx';

export interface LimitsDialogProps {
  readonly subject: LimitSubject;
  /** As people call it. */
  readonly name: string;
  readonly onClose: () => void;
}

/** Limits and budgets of something that has no page of its own. */
export function LimitsDialog({ subject, name, onClose }: LimitsDialogProps) {
  return (
    <Dialog open onClose={onClose} width="large" title={`Limits and budgets of ${name}`}>
      <LimitsOf subject={subject} />
    </Dialog>
  );
}
