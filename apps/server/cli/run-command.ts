import { type RunOptions, runServer } from '../start/run-server.ts';
import { catalogueUsage, runCatalogueCommand } from './run-catalogue-command.ts';

const usage = `Usage: pipelines [command]

  start      Run the server (default). It is configured by environment variables: see README.md.
${catalogueUsage}
  version    Print the version.
  help       Print this.
`;
/** sysexits.h: the command line is wrong. */
const exitUsage = 64;

/** Runs what the command line asks for. */
export async function runCommand(args: readonly string[], options: RunOptions): Promise<void> {
  const [command = 'start', ...rest] = args;
  if (command === 'start') return runServer(options);
  if (command === 'version' || command === '--version') {
    process.stdout.write(`${options.version}\n`);
    return;
  }
  if (command === 'catalogue' && (await runCatalogueCommand(rest, options))) return;
  const asked = command === 'help' || command === '--help';
  (asked ? process.stdout : process.stderr).write(asked ? usage : `There is no command of that name.\n\n${usage}`);
  process.exitCode = asked ? 0 : exitUsage;
}
