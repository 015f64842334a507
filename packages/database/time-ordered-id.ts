import { randomFillSync } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

const idBytes = 16;
/** Drawn for many IDs at once: asking the system for each costs more than the rest of an ID. */
const drawn = Buffer.alloc(idBytes * 256);
let used = drawn.length;
let lastMs = 0;
let sequence = 0;

/** A UUID version 7 for a row. Those of this process sort in the order in which they were made, also within a millisecond. */
export function timeOrderedId(): string {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  const random = drawn.subarray(used, used + idBytes);
  used += idBytes;
  const nowMs = Date.now();
  if (nowMs > lastMs) {
    lastMs = nowMs;
    // With room to count on.
    sequence = random.readUInt32BE(6) >>> 1;
  } else sequence += 1;
  return uuidv7({ random, msecs: lastMs, seq: sequence });
}
