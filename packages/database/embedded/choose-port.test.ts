import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { choosePort } from './choose-port.ts';

let file: string;
beforeEach(() => {
  file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'pipelines-port-')), 'port');
});
afterEach(() => fs.rmSync(path.dirname(file), { recursive: true }));

it('stays with its port, below those of outgoing connections', async () => {
  const port = await choosePort(file);
  expect(port).toBeGreaterThanOrEqual(20_000);
  expect(port).toBeLessThan(32_000);
  expect(await choosePort(file)).toBe(port);
});

it('moves when somebody else has the port', async () => {
  const port = await choosePort(file);
  const other = net.createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  const moved = await choosePort(file);
  other.close();
  expect(moved).not.toBe(port);
  expect(await choosePort(file)).toBe(moved);
});
