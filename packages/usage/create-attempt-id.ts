import { randomFillSync } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

const idBytes = 16;
/** Drawn for many calls at once: asking the system for each costs more than the rest of the ID. */
const drawn = Buffer.alloc(idBytes * 256);
let used = drawn.length;

/** A UUID that sorts by its millisecond. */
export function createAttemptId(): string {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += idBytes;
  return uuidv7({ random: drawn.subarray(used - idBytes, used) });
}
