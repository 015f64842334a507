import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findFreePort, stopProgram, waitUntilAnswered } from '../child-processes.ts';
import type { RunningTarget } from '../target.ts';

/** nginx as a reverse proxy of one worker, unbuffered, with kept connections; null where it is not installed. */
export async function startNginx(upstream: string): Promise<RunningTarget | null> {
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` };
  if (spawnSync('nginx', ['-v'], { env, stdio: 'ignore' }).status !== 0) return null;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-nginx-'));
  const port = await findFreePort();
  const file = path.join(folder, 'nginx.conf');
  await writeFile(file, configure(folder, port, new URL(upstream).host));
  // One process and no master, so that its CPU is all of it.
  const child = spawn('nginx', ['-c', file, '-p', folder, '-e', 'stderr'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const stop = async () => {
    await stopProgram(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await waitUntilAnswered(child, `http://127.0.0.1:${port}/ready`, 204);
    return { name: 'nginx', url: `http://127.0.0.1:${port}/v1`, pid: child.pid as number, headers: {}, model: 'bench-model', stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const configure = (folder: string, port: number, upstream: string) => `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
events { worker_connections 8192; }
http {
  access_log off;
  client_body_temp_path ${folder};
  proxy_temp_path ${folder};
  fastcgi_temp_path ${folder};
  uwsgi_temp_path ${folder};
  scgi_temp_path ${folder};
  keepalive_requests 100000000;
  upstream provider { server ${upstream}; keepalive 2048; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location = /ready { return 204; }
    location / {
      proxy_pass http://provider;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
    }
  }
}
`;
