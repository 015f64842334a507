import { toConnectTarget } from '../connect-target.ts';
import { EgressError } from '../egress-error.ts';
import { createGuardedConnector, type GuardedConnectorOptions } from '../guarded-connector.ts';
import { Connection } from './connection.ts';
import type { WireCall } from './wire-call.ts';

const sweepEveryMs = 1_000;

/**
 * The connections to one origin: as many as there are calls at once, the latest used first. Calls are handed out
 * and connections come back at the end of a turn of the event loop: by then, bytes or an end that a free
 * connection had received unasked have been read, and have closed it.
 */
export class ConnectionPool {
  readonly #url: URL;
  readonly #options: GuardedConnectorOptions;
  readonly #onEmpty: () => void;
  readonly #connections = new Set<Connection>();
  #free: Connection[] = [];
  /** Were freed in this turn. */
  #resting: Connection[] = [];
  #waiting: WireCall[] = [];
  /** Have a connection on its way. */
  readonly #opening = new Set<WireCall>();
  #turnEndsSoon = false;
  #sweeper: NodeJS.Timeout | null = null;
  #session: Buffer | undefined;
  #isClosed = false;

  constructor(origin: string, options: GuardedConnectorOptions, onEmpty: () => void) {
    this.#url = new URL(origin);
    this.#options = options;
    this.#onEmpty = onEmpty;
  }

  add(call: WireCall): void {
    this.#waiting.push(call);
    this.#awaitEndOfTurn();
  }

  /** Fails what runs and what waits. */
  close(): void {
    const error = new EgressError('canceled', 'before_send', 'shutting_down');
    this.#isClosed = true;
    this.#stopSweeping();
    for (const call of [...this.#waiting.splice(0), ...this.#opening]) call.tellError(error);
    for (const connection of [...this.#connections]) connection.close(error);
  }

  onFree(connection: Connection, keepMs: number): void {
    connection.keptUntilMs = performance.now() + keepMs;
    connection.rest();
    this.#resting.push(connection);
    this.#awaitEndOfTurn();
  }

  onClosed(connection: Connection): void {
    this.#connections.delete(connection);
    const at = this.#free.indexOf(connection);
    if (at !== -1) this.#free.splice(at, 1);
    this.#tellIfEmpty();
  }

  #awaitEndOfTurn(): void {
    if (this.#turnEndsSoon) return;
    this.#turnEndsSoon = true;
    setImmediate(endTurn, this);
  }

  endTurn(): void {
    this.#turnEndsSoon = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const call of waiting) {
      const connection = this.#takeFree();
      if (connection === null) this.#open(call);
      else connection.send(call);
    }
    const rested = this.#resting;
    this.#resting = [];
    for (const connection of rested) if (connection.isOpen) this.#free.push(connection);
    if (this.#free.length > 0) this.#sweeper ??= setInterval(sweep, sweepEveryMs, this).unref();
    this.#tellIfEmpty();
  }

  #takeFree(): Connection | null {
    const nowMs = performance.now();
    for (;;) {
      const connection = this.#free.pop();
      if (connection === undefined) return null;
      if (connection.isOpen && connection.keptUntilMs > nowMs) return connection;
      connection.drop();
    }
  }

  #open(call: WireCall): void {
    const connection = new Connection(this);
    this.#connections.add(connection);
    this.#opening.add(call);
    const { host, hostname, protocol, port } = this.#url;
    const brought = { onread: connection.onread, ...(this.#session && { session: this.#session }) };
    const connect = createGuardedConnector(toConnectTarget(this.#url), this.#options, brought);
    connect({ host, hostname: hostname.replace(/^\[|\]$/g, ''), protocol, port }, (error, socket) => {
      this.#opening.delete(call);
      if (error !== null) {
        this.onClosed(connection);
        call.tellError(error);
        return;
      }
      connection.attach(socket);
      socket.on('session', (session: Buffer) => {
        this.#session = session;
      });
      if (this.#isClosed) connection.drop();
      else connection.send(call);
    });
  }

  sweep(): void {
    const nowMs = performance.now();
    const kept: Connection[] = [];
    for (const connection of this.#free) {
      if (connection.isOpen && connection.keptUntilMs > nowMs) kept.push(connection);
      else connection.drop();
    }
    this.#free = kept;
    if (kept.length === 0) this.#stopSweeping();
  }

  #stopSweeping(): void {
    if (this.#sweeper !== null) clearInterval(this.#sweeper);
    this.#sweeper = null;
  }

  #tellIfEmpty(): void {
    if (this.#connections.size > 0 || this.#waiting.length > 0 || this.#turnEndsSoon) return;
    this.#stopSweeping();
    this.#onEmpty();
  }
}

function endTurn(pool: ConnectionPool): void {
  pool.endTurn();
}

function sweep(pool: ConnectionPool): void {
  pool.sweep();
}
