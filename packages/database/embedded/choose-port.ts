import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';

/**
 * A free port on 127.0.0.1: the one of last time if it is still free. New ones come from below the
 * range that systems give to outgoing connections, so that none of those takes it between two starts.
 *
 * @param portFile where the choice is kept
 */
export async function choosePort(portFile: string): Promise<number> {
  const last = Number(fs.existsSync(portFile) ? fs.readFileSync(portFile, 'utf8') : '');
  if (last > 0 && (await isFree(last))) return last;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(20_000, 32_000);
    if (!(await isFree(port))) continue;
    fs.writeFileSync(portFile, String(port), { mode: 0o600 });
    return port;
  }
  throw new Error('No free port between 20000 and 32000.');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
