/**
 * `npm run soak:gateway -- --kills 200`: kills the product so often under load. For each request that the provider saw there
 * must be exactly one row in the log, and for each answer that a caller got.
 *
 * `npm run soak:gateway -- --away 300`: stops PostgreSQL for so many seconds under load. No known key may be refused, no row
 * lost, none written twice.
 *
 * Both on the built product (`npm run build`). Ends with 1 where a rule is broken.
 */
import { killUnderLoad } from './kill-under-load.ts';
import { leaveDatabase } from './leave-database.ts';

const [flag, text] = process.argv.slice(2);
const amount = Number(text);
if (!Number.isInteger(amount) || amount < 1) throw new Error('Usage: npm run soak:gateway -- --kills 200 | --away 300');

if (flag === '--kills') {
  const { statuses, ...report } = await killUnderLoad(amount, (kill) => {
    if (kill % 10 === 0) console.log(`${kill} of ${amount}`);
  });
  console.table([{ ...report, ...statuses }]);
  if (report.missing + report.twice + report.answeredNotOnce > 0 || report.unseen > report.kills) process.exitCode = 1;
} else if (flag === '--away') {
  const report = await leaveDatabase(amount);
  console.table([report]);
  const failedClosed = report.unknownKey === 503 && report.unknownModel === 503;
  if (report.refused + report.lost + report.twice > 0 || !failedClosed) process.exitCode = 1;
} else {
  throw new Error('Usage: npm run soak:gateway -- --kills 200 | --away 300');
}
