/** A row of `tasks` that this worker drives. */
export interface ClaimedTask {
  readonly organization_id: string;
  readonly id: string;
  readonly workflow_id: string;
  readonly version: number;
  readonly batch_id: string | null;
  readonly input: Record<string, unknown>;
  /** Somebody has begun it before: it has runs. */
  readonly begun: boolean;
}
