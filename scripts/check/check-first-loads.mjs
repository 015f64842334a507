import { buildWeb, readFirstLoads } from '../build/build-web.mjs';

const LIMIT_BYTES = 180_000;

/** Builds the page where it has changed, and names the first pages that load too much JavaScript. */
export async function checkFirstLoads() {
  await buildWeb();
  const faults = findHeavyPages(readFirstLoads());
  return { passed: faults.length === 0, output: faults.join('\n') };
}

/** @param {readonly import('../build/measure-first-loads.mjs').FirstLoad[]} firstLoads @returns {string[]} */
export function findHeavyPages(firstLoads) {
  return firstLoads
    .filter(({ gzippedBytes }) => gzippedBytes > LIMIT_BYTES)
    .map(
      ({ page, gzippedBytes }) =>
        `The first load of "${page}" is ${gzippedBytes} bytes of gzipped JavaScript, more than ${LIMIT_BYTES}: load what is big when it is used.`,
    );
}
