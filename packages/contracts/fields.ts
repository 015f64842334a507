import { z } from 'zod';
import { hasHidden, isVisible } from './visible-text.ts';

/** Text of one line, trimmed, such as a name: all of it can be seen. For what is sent here, never for what is stored. */
export function line(maxLength: number) {
  return lineOrNothing(maxLength).min(1, 'Required');
}

/** The same, which may be empty. */
export function lineOrNothing(maxLength: number) {
  return z
    .string()
    .trim()
    .max(maxLength, `At most ${maxLength} characters`)
    .refine((text) => !hasHidden(text), 'Remove its invisible characters (zero-width, text direction or control characters)')
    .refine((text) => text === '' || isVisible(text), 'At least one visible character');
}

/**
 * The text of a secret: visible ASCII only, so that a header made of it can never be invalid and
 * an error never has to quote it.
 */
export const secretText = z
  .string()
  .trim()
  .min(1, 'Required')
  .max(8192, 'At most 8,192 characters')
  .regex(/^[\x21-\x7e]+$/, 'Only visible ASCII characters, without spaces');

export const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/, 'Not a valid ID');

/** RFC 3339, UTC. */
export const timestamp = z.iso.datetime();

/** A non-negative decimal as text, exact: prices in USD per token, money in USD. */
export const decimal = z
  .string()
  .trim()
  .max(40)
  .regex(/^\d{1,18}(\.\d{1,18})?$/, 'A decimal number, such as 0.0000025');

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(512).optional(),
};

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ data: z.array(item), next_cursor: z.string().nullable() });
}
