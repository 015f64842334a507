import type { ToolCause, ToolDiscovery } from '@pipelines/contracts';
import { describeToolCause } from '../describe-tool-cause.ts';

/** What became of a look at an endpoint, in our words. */
export function describeOutcome(cause: ToolCause | null, toolCount: number): Pick<ToolDiscovery, 'passed' | 'cause' | 'message' | 'fix'> {
  if (cause !== null) return { passed: false, cause, ...describeToolCause(cause) };
  return { passed: true, cause: null, message: toolCount === 1 ? 'It has one tool.' : `It has ${toolCount} tools.`, fix: null };
}
