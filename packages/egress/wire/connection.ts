import type { OnReadOpts, Socket } from 'node:net';
import { EgressError } from '../egress-error.ts';
import { ResponseReader } from './response-reader.ts';
import type { WireCall } from './wire-call.ts';

/** The pool as its connections see it. */
interface Owner {
  /** Free for another call, for so long. */
  onFree(connection: Connection, keepMs: number): void;
  onClosed(connection: Connection): void;
}

/**
 * What every connection reads into, one after the other: a read is taken apart, and what is kept of it copied,
 * before the next one. Saves a buffer of 64 KB a read.
 */
const readBuffer = Buffer.allocUnsafeSlow(64 * 1_024);

/** Where the call that it was opened for is over before it stands. */
const unusedKeepMs = 1_000;

/** A connection of a pool: carries one call at a time, and is kept only after an answer that leaves no doubt about its end. */
export class Connection {
  readonly #owner: Owner;
  readonly #reader = new ResponseReader();
  #socket: Socket | null = null;
  #call: WireCall | null = null;
  /** The socket does not read. */
  #isStopped = false;
  /** In the pool's clock; where it is free. */
  keptUntilMs = 0;
  /** How the socket is to read for it. */
  readonly onread: OnReadOpts = { buffer: readBuffer, callback: (length) => this.#read(length) };

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  /** Takes over a socket that has just been opened. */
  attach(socket: Socket): void {
    this.#socket = socket;
    socket.on('error', (error) => this.#lose(error));
    socket.on('end', () => this.#readEnd());
    socket.on('close', () => {
      if (this.#call !== null) this.#lose(new EgressError('connection_lost', 'after_send'));
      this.#owner.onClosed(this);
    });
  }

  /** Whether another call may be sent. */
  get isOpen(): boolean {
    return this.#socket?.writable === true && !this.#socket.readableEnded && !this.#socket.destroyed;
  }

  send(call: WireCall): void {
    const socket = this.#socket as Socket;
    if (!call.start(this)) {
      if (this.isOpen) this.#owner.onFree(this, unusedKeepMs);
      return;
    }
    this.#call = call;
    this.#reader.begin(call.isHead);
    socket.ref();
    call.write(socket);
  }

  /** The receiver wants more. */
  resume(): void {
    if (!this.#isStopped) return;
    this.#isStopped = false;
    this.#socket?.resume();
  }

  /** Closes the socket; the call is told nothing. */
  drop(): void {
    this.#call = null;
    this.#socket?.destroy();
  }

  /** Closes the socket; the call fails. */
  close(error: EgressError): void {
    this.#lose(error);
  }

  /** Watches for the server's end of the connection while it is free, without keeping the process alive. */
  rest(): void {
    this.resume();
    this.#socket?.unref();
  }

  /** False stops the reading until `resume()`. Everything is taken out of the buffer before anybody is told. */
  #read(length: number): boolean {
    const call = this.#call;
    if (call === null) {
      // Bytes that nobody has asked for would be the next call's answer.
      this.drop();
      return false;
    }
    this.#reader.read(readBuffer, length);
    this.#isStopped = !this.#tell(call);
    return !this.#isStopped;
  }

  #readEnd(): void {
    const call = this.#call;
    if (call === null) this.drop();
    else {
      this.#reader.readEnd();
      this.#tell(call);
    }
  }

  #tell(call: WireCall): boolean {
    const { head, data, isComplete, fault } = this.#reader;
    if (isComplete || fault !== null) this.#release(fault === null);
    if (head !== null) call.tellHeaders(head.status, head.headers);
    if (data !== null) call.tellData(data);
    if (fault !== null) call.tellError(fault);
    else if (isComplete) call.tellEnd();
    else return !call.isPaused;
    return true;
  }

  /** Before the call is told its end: it may want to make the next one. */
  #release(isGood: boolean): void {
    const { keepMs, hasExcess } = this.#reader;
    this.#call = null;
    const socket = this.#socket as Socket;
    // A request that is still being written when its answer is over would run into the next one.
    if (isGood && keepMs > 0 && !hasExcess && socket.writableLength === 0 && this.isOpen) this.#owner.onFree(this, keepMs);
    else socket.destroy();
  }

  #lose(error: unknown): void {
    const call = this.#call;
    this.#call = null;
    this.#socket?.destroy();
    call?.tellError(error);
  }
}
