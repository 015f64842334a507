import type { AttemptEnd, AttemptRecord, AttemptStart, CallMeter } from '@pipelines/contracts';
import { timeOrderedId } from '@pipelines/database';
import { endColumns, keptColumns, startColumns } from './attempt-row.ts';
import { calculateCost } from './calculate-cost.ts';
import { checkUsage } from './check-usage.ts';
import { choosePrices } from './choose-prices.ts';
import { encodeLine } from './journal/journal-line.ts';
import type { JournalWriter } from './journal/journal-writer.ts';

/** Takes calls down in a journal. The row's ID is ours, so that shipping it twice writes it once. */
export function createCallMeter(journal: () => JournalWriter): CallMeter {
  return {
    begin(start: AttemptStart): AttemptRecord {
      const writer = journal();
      const attemptId = timeOrderedId();
      const columns = startColumns(attemptId, new Date(), start);
      const begunIn = writer.begin(encodeLine('S', `{${columns}}`));
      if (start.held !== true) writer.write();
      let ended = false;
      return {
        attemptId,
        end(result: AttemptEnd) {
          if (ended) throw new Error('A call can end only once.');
          ended = true;
          const usage = checkUsage(result.usage);
          if (start.fromCache === true) {
            const saved = calculateCost(usage, start.prices, start.images ?? null);
            writer.end(encodeLine('E', `{${columns},${keptColumns(result, saved)}}`), begunIn);
            return { cost: '0' };
          }
          const cost = result.free === true ? '0' : calculateCost(usage, start.prices, start.images ?? null);
          const prices = usage === null ? start.prices : choosePrices(usage, start.prices);
          const tierPrices = prices === start.prices ? null : prices;
          writer.end(encodeLine('E', `{${columns},${endColumns(result, usage, cost, tierPrices)}}`), begunIn);
          return { cost };
        },
      };
    },
    writeHeld: () => journal().write(),
  };
}
