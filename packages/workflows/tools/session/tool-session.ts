import type { ChatTool, ToolCall } from '@pipelines/contracts';
import type { ToolConnection } from '../tool-protocol.ts';

/** The run of a step that uses tools. */
export interface SessionOwner {
  readonly organizationId: string;
  /** Its name in the graph. */
  readonly step: string;
  readonly stepRunId: string;
  /** The same for each try of the run. */
  readonly idempotencyKey: string;
}

/** An endpoint that is spoken to, and how its secret is kept out of what it says. */
export interface OpenConnection {
  readonly connection: ToolConnection;
  readonly hide: (text: string) => string;
}

/** The tools of one run of a step. */
export interface ToolSession {
  /** As a model is told of them. */
  readonly tools: readonly ChatTool[];
  /**
   * Makes what a model has asked for in one answer, all at the same time, and writes each down. Answers the text for
   * the model, in the same order: a tool that fails is told, not thrown.
   */
  callAll(calls: readonly ToolCall[], round: number, signal: AbortSignal): Promise<readonly string[]>;
  /** Says goodbye to the servers. Never rejects. */
  close(): Promise<void>;
}
