/** Where an answer goes: the caller's connection, as the gateway sees it. */
export interface AnswerSink {
  /** True once `start` was called: from then on errors can only be told inside the answer. */
  readonly started: boolean;
  /** Called once. Header names are lower-case. */
  start(status: number, headers: Readonly<Record<string, string>>): void;
  /** False: the caller is slow; write no more until `onDrain`. */
  write(bytes: Uint8Array): boolean;
  /** `listener` is called each time that a slow caller has caught up. Set once a call. */
  onDrain(listener: () => void): void;
  end(bytes?: Uint8Array): void;
  /** `listener` is called once, when the caller goes away before `end`. Set once a call. */
  onClose(listener: () => void): void;
}
