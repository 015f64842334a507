import { randomFillSync } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

const bytesEach = 16;
const bytes = new Uint8Array(bytesEach * 256);
let at = bytes.length;

/** A UUID version 7. The system is asked for chance once for many: each question costs as much as the rest of a step. */
export function timeOrderedId(): string {
  if (at === bytes.length) {
    randomFillSync(bytes);
    at = 0;
  }
  const random = bytes.subarray(at, at + bytesEach);
  at += bytesEach;
  return uuidv7({ random });
}
