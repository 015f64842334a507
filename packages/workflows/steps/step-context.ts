import type { AttemptSource, Principal, TemplateScope, ToolCallEntry } from '@pipelines/contracts';
import type { Egress } from '@pipelines/egress';
import type { AnswerPiece, EndedAttempt, Gateway } from '@pipelines/gateway';
import type { Registry } from '@pipelines/registry';
import type { StepTools } from '../tools/tools.ts';

/** What steps reach out with. */
export interface StepDoors {
  readonly gateway: Pick<Gateway, 'completeChatOnce'>;
  readonly registry: Pick<Registry, 'resolve'>;
  readonly egress: Pick<Egress, 'request'>;
  readonly tools: StepTools;
}

/** One run of a step, as the step sees it. */
export interface StepContext {
  readonly organizationId: string;
  readonly stepRunId: string;
  /** The same for each try of this run. */
  readonly idempotencyKey: string;
  /** When the run was first begun, RFC 3339. */
  readonly startedAt: string;
  readonly scope: TemplateScope;
  /** Aborted when the task is canceled or this worker must let go of it. */
  readonly signal: AbortSignal;
  /** To be awaited before a model other than the step's own is called: that one's limit counts too. */
  readonly turnTo: (slug: string) => Promise<void>;
  /** Told of each call to a provider as it ends, failed ones included. */
  readonly onAttempt: (attempt: EndedAttempt) => void;
  /** Told what the step asks for, before it asks: kept also where the step then fails. */
  readonly onInput: (input: unknown) => void;
  /** Asked at each call of a model whether somebody watches: then the answer streams to them. `round`: of its tools, from 1. */
  readonly watchAnswer: (round: number) => ((piece: AnswerPiece) => void) | null;
  /** Told of each call of a tool as it begins and as it ends; the rounds around them stream then too. Absent: nobody watches them. */
  readonly onToolCall?: (call: ToolCallEntry) => void;
  /** Who pays, and what the log calls it. Absent: the workflow itself. */
  readonly caller?: { readonly principal: Principal; readonly source: AttemptSource };
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
