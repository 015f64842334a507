import type { CallDelta } from './said-delta.ts';

/** A tool call that comes in pieces. */
export interface QueuedCall {
  id: string;
  name: string;
  /** All that has come so far. */
  arguments: string;
  /** How much of it has been said. */
  said: number;
  /** True once the caller was told of it. */
  begun: boolean;
  extraContent: unknown;
}

/**
 * Puts tool calls one after the other. A chat may mix the pieces of several calls; in other dialects one
 * ends before the next begins. The first call is told as it comes, another waits until the one before is whole.
 */
export class CallQueue {
  readonly #calls: QueuedCall[] = [];
  readonly #byIndex = new Map<number, QueuedCall>();
  #waiting: QueuedCall[] = [];

  get current(): QueuedCall | null {
    return this.#waiting[0] ?? null;
  }

  take(delta: CallDelta): void {
    const call = this.#find(delta);
    if (call !== undefined) {
      call.arguments += delta.arguments;
      call.extraContent ??= delta.extraContent;
      return;
    }
    const begun = {
      id: delta.id ?? '',
      name: delta.name ?? '',
      arguments: delta.arguments,
      said: 0,
      begun: false,
      extraContent: delta.extraContent,
    };
    if (delta.index !== null) this.#byIndex.set(delta.index, begun);
    this.#calls.push(begun);
    this.#waiting.push(begun);
  }

  /** Some servers number only the first piece of a call, some none at all: then its ID tells, or that it goes on. */
  #find({ index, id }: CallDelta): QueuedCall | undefined {
    if (index !== null) return this.#byIndex.get(index);
    return id === undefined ? this.#calls.at(-1) : this.#calls.find((call) => call.id === id);
  }

  /** True where the current call is whole and another one waits. */
  get mayAdvance(): boolean {
    const { current } = this;
    return current !== null && this.#waiting.length > 1 && isJson(current.arguments);
  }

  advance(): void {
    this.#waiting = this.#waiting.slice(1);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
