/**
 * Takes down calls as fast as it can until it is killed, and tells each on stdout: `S` once a call
 * has begun, `E` once it has ended. Arguments: the journal folder, an organization.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openJournal } from '../journal/open-journal.ts';
import { createCallMeter } from '../meter-calls.ts';
import { endOf, startOf } from './sample-calls.ts';

const [journalDir, organizationId] = process.argv.slice(2);
if (journalDir === undefined || organizationId === undefined) throw new Error('Usage: meter-until-killed.ts <folder> <organization>');

const nothing = async () => {};
const journal = await openJournal({
  journalDir,
  processId: randomUUID(),
  segmentBytes: 20_000,
  ship: nothing,
  onSettled: nothing,
  onError: (error) => Promise.reject(error),
});
const meter = createCallMeter(() => journal.writer);
const tell = (word: 'S' | 'E', attemptId: string) => writeSync(1, `${word} ${attemptId}\n`);

/** Some calls at a time, of some milliseconds each. */
async function callAgainAndAgain(): Promise<never> {
  for (;;) {
    const record = meter.begin(startOf(organizationId as string, { expectedTokens: { prompt: 100, answer: 100 } }));
    tell('S', record.attemptId);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 6));
    record.end(endOf());
    tell('E', record.attemptId);
  }
}

await Promise.all(Array.from({ length: 5 }, callAgainAndAgain));
