import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Segment, segmentName } from './segment.ts';

export interface JournalWriterOptions {
  readonly folder: string;
  /** A file is closed and the next begun beyond this size. */
  readonly segmentBytes: number;
  readonly onError: (error: unknown) => void;
}

const fdatasync = promisify(fs.fdatasync);
/** From the first unsafe line until it is written, and the disk told to keep it. */
const commitDelayMs = 10;
/** The disk is told no more often than this: each time wakes another thread. */
const syncEveryMs = 20;
const retryDelayMs = 1_000;
/** What is kept in memory while the disk takes nothing: some hundred thousand lines. */
const maxPendingBytes = 64 * 1024 * 1024;

/**
 * Appends lines to the files of one folder. Lines are handed to the operating system with `write`
 * (beginnings) or within ten milliseconds (ends), which a crash of this process cannot undo; the
 * disk is made to keep them in groups, off the caller's path.
 */
export class JournalWriter {
  readonly segments: Segment[] = [];
  endedCount = 0;
  readonly #options: JournalWriterOptions;
  #fd = -1;
  #number = 0;
  #pending = '';
  #tornLine = false;
  #endedCalls: Segment[] = [];
  #timer: NodeJS.Timeout | null = null;
  #syncedMs = Number.NEGATIVE_INFINITY;
  /** The last file on its way to the disk. */
  #sealing: Promise<void> = Promise.resolve();
  #committing: Promise<void> | null = null;

  constructor(options: JournalWriterOptions) {
    this.#options = options;
    this.#openSegment();
  }

  /** Notes that a call begins. It is safe once `write` has been called. */
  begin(line: string): Segment {
    this.#append(line);
    const segment = this.#current();
    segment.openCalls += 1;
    return segment;
  }

  /**
   * Hands what has been noted to the operating system, before the calls of it go out: into the page cache, in
   * microseconds and without a wait for the disk. False: the system did not take it, and it stays in memory.
   */
  write(): boolean {
    if (this.#pending === '') return true;
    const bytes = Buffer.from(this.#tornLine ? `\n${this.#pending}` : this.#pending);
    const segment = this.#current();
    let written = 0;
    try {
      while (written < bytes.length) written += fs.writeSync(this.#fd, bytes, written);
      this.#pending = '';
      this.#tornLine = false;
      segment.size += written;
      if (segment.size >= this.#options.segmentBytes) this.#nextSegment();
    } catch (error) {
      // What was not written stays in memory and is written again whole: a line that is torn now fails its checksum.
      if (this.#pending !== '') segment.size += written;
      this.#tornLine ||= this.#pending !== '' && written > 0;
      this.#options.onError(error);
    }
    return this.#pending === '';
  }

  /** Writes down how a call ended. `begunIn` keeps its file until this line is safe. */
  end(line: string, begunIn: Segment): void {
    this.#append(line);
    this.#endedCalls.push(begunIn);
    this.endedCount += 1;
  }

  /** Resolves once everything appended so far is on disk, or the disk has refused it. */
  async commit(): Promise<void> {
    await this.#committing;
    this.#committing = this.#commit().finally(() => {
      this.#committing = null;
    });
    await this.#committing;
  }

  /** Seals the current file, if it holds anything, and begins the next. */
  rotate(): void {
    this.write();
    if (this.#current().size > 0) this.#nextSegment();
  }

  async close(): Promise<void> {
    await this.commit();
    if (this.#timer !== null) clearTimeout(this.#timer);
    fs.closeSync(this.#fd);
  }

  #append(line: string): void {
    if (this.#pending.length < maxPendingBytes) this.#pending += line;
    this.#commitIn(commitDelayMs);
  }

  #commitIn(delayMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const tooSoonMs = this.#syncedMs + syncEveryMs - performance.now();
      if (tooSoonMs <= 0) void this.commit();
      else if (this.write()) this.#commitIn(tooSoonMs);
      else this.#commitIn(retryDelayMs);
    }, delayMs);
  }

  async #commit(): Promise<void> {
    const ended = this.#endedCalls;
    this.#endedCalls = [];
    const written = this.write();
    this.#syncedMs = performance.now();
    try {
      await this.#sealing;
      await fdatasync(this.#fd);
      if (!written) throw new Error('The journal could not be written.');
      for (const segment of ended) segment.openCalls -= 1;
    } catch (error) {
      this.#options.onError(error);
      this.#endedCalls.push(...ended);
      this.#commitIn(retryDelayMs);
    }
  }

  #nextSegment(): void {
    const full = this.#current();
    const fd = this.#fd;
    this.#openSegment();
    full.sealed = true;
    this.#sealing = this.#sealing.then(() => fdatasync(fd)).finally(() => fs.closeSync(fd));
    // Whoever commits next learns of a failure; without one, it must not end the process.
    this.#sealing.catch(() => {});
  }

  #openSegment(): void {
    const file = path.join(this.#options.folder, segmentName(this.#number + 1));
    this.#fd = fs.openSync(file, 'a', 0o600);
    this.#number += 1;
    this.segments.push({ path: file, size: 0, openCalls: 0, sealed: false });
  }

  #current(): Segment {
    return this.segments.at(-1) as Segment;
  }
}
