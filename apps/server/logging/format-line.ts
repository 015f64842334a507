/** One line for a person at a terminal: `14:03:22 info  server_ready url=http://…`. */
export function formatLine(line: string): string {
  const { time, level, event, ...fields } = JSON.parse(line) as { time: string; level: string; event: string } & Record<string, unknown>;
  const details = Object.entries(fields).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return `${[time.slice(11, 19), level.padEnd(5), event, ...details].join(' ')}\n`;
}
