import type { AttemptSource } from '@pipelines/contracts';

export const attemptSourceNames: Record<AttemptSource, string> = {
  gateway: 'Gateway',
  playground: 'Playground',
  workflow: 'Pipeline',
  connection_test: 'Connection test',
  step_try: 'Step tried',
  probe: 'Probe',
  replay: 'Replay',
};
