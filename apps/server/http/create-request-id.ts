import { randomFillSync } from 'node:crypto';

const idBytes = 12;
/** Drawn for many requests at once: asking the system for each costs more than the rest of the ID. */
const drawn = Buffer.alloc(idBytes * 256);
let used = drawn.length;

/** `req_` and 24 random hex digits. */
export function createRequestId(): string {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += idBytes;
  return `req_${drawn.toString('hex', used - idBytes, used)}`;
}
