import { DBOS } from '@dbos-inc/dbos-sdk';

type DriveLane = (workflowId: string) => Promise<void>;

/** DBOS knows one set of workflows a process: the engine that runs in it is the one that drives. */
let driver: DriveLane | null = null;

export function setLaneDriver(drive: DriveLane | null): void {
  driver = drive;
}

export const laneQueue = 'lanes';

/**
 * One durable workflow drives many tasks: its memo is the table of step runs. One for each task would cost
 * several times the CPU of the task itself.
 */
const lane = DBOS.registerWorkflow(
  async (): Promise<void> => {
    const workflowId = DBOS.workflowID;
    if (driver === null || workflowId === undefined) throw new Error('The engine has not been started.');
    await driver(workflowId);
  },
  { name: 'lane' },
);

/** Begins a lane here; resolves once it is written down. */
export async function beginLane(workflowId: string): Promise<{ ended: Promise<void> }> {
  const handle = await DBOS.startWorkflow(lane, { workflowID: workflowId })();
  return { ended: handle.getResult().then(() => undefined) };
}
