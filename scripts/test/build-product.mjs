import { ensureBuilt } from '../build/ensure-built.mjs';

/** Before the integration tests: those that start the product start what was built, and ask it for the page. */
export default function buildProduct() {
  ensureBuilt();
}
