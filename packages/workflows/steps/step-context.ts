import type { TemplateScope } from '@pipelines/contracts';
import type { Egress } from '@pipelines/egress';
import type { EndedAttempt, Gateway } from '@pipelines/gateway';
import type { Registry } from '@pipelines/registry';

/** What steps reach out with. */
export interface StepDoors {
  readonly gateway: Pick<Gateway, 'completeChatOnce'>;
  readonly registry: Pick<Registry, 'resolve'>;
  readonly egress: Pick<Egress, 'request'>;
}

/** One run of a step, as the step sees it. */
export interface StepContext {
  readonly organizationId: string;
  readonly stepRunId: string;
  /** The same for each try of this run. */
  readonly idempotencyKey: string;
  readonly scope: TemplateScope;
  /** Aborted when the task is canceled or this worker must let go of it. */
  readonly signal: AbortSignal;
  /** Told of each call to a provider as it ends, failed ones included. */
  readonly onAttempt: (attempt: EndedAttempt) => void;
}

/** What became of a step. `waiting`: somebody must say something first. */
export type StepResult =
  | {
      readonly state: 'finished';
      readonly input: unknown;
      readonly output: unknown;
      readonly port: string;
      readonly thinking?: string | null;
    }
  | { readonly state: 'waiting'; readonly input: unknown };
