/** What runs tasks. Whoever changes tasks in the table calls it, and knows nothing else of how they run. */
export interface Engine {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** New or changed tasks wait in the table: wake the workers. */
  wake(): void;
  cancelTask(organizationId: string, taskId: string): Promise<void>;
  cancelBatch(organizationId: string, batchId: string): Promise<void>;
  submitReview(
    organizationId: string,
    stepRunId: string,
    review: { verdict: 'pass' | 'fail'; comment: string | null; memberId: string | null },
  ): Promise<void>;
  retryTask(organizationId: string, taskId: string): Promise<void>;
  /** Makes a new generation of an LLM step's last run; what followed from the old one runs again. */
  regenerateStep(organizationId: string, stepRunId: string, trigger: 'user' | 'admin'): Promise<void>;
}
