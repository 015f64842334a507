/** A server under test. */
export interface Target {
  readonly name: string;
  /** Ends in `/v1`. */
  readonly url: string;
  /** The process that answers. */
  readonly pid: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What it knows the model by. */
  readonly model: string;
}

export interface RunningTarget extends Target {
  stop(): Promise<void>;
}
