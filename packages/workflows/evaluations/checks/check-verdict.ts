import type { CheckOutcome } from '@pipelines/contracts';

/** What a check says of one row. */
export interface CheckVerdict {
  readonly outcome: CheckOutcome;
  /** Why, in one sentence; empty for a pass. */
  readonly detail: string;
}
