import type { Log } from '@pipelines/contracts';
import { pino } from 'pino';
import type { LogLevel } from '../config/environment-schema.ts';
import { createScrubber } from './create-scrubber.ts';
import { eventFields } from './event-fields.ts';
import { formatLine } from './format-line.ts';

export interface LogOptions {
  readonly level: LogLevel;
  /** Lines for a person instead of JSON. */
  readonly readable: boolean;
  /** Takes whole lines. */
  readonly write: (line: string) => void;
  /** Texts that must never be written. */
  readonly secrets: readonly string[];
}

/** The server's log: typed events, their allow-listed fields, one line each. */
export function createLog({ level, readable, write, secrets }: LogOptions): Log {
  const scrub = createScrubber(secrets);
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => write(readable ? formatLine(scrub(line)) : scrub(line)) },
  );
  return (event) => {
    const { level: eventLevel, fields } = eventFields[event.event];
    if (!logger.isLevelEnabled(eventLevel)) return;
    const values: Record<string, unknown> = { event: event.event };
    for (const field of fields as readonly (keyof typeof event)[]) values[field] = event[field];
    // The one field that is an object: its own fields are allow-listed like the event's.
    if ('error' in event) values.error = { name: event.error.name, code: event.error.code, message: event.error.message };
    logger[eventLevel](values);
  };
}
