import fs from 'node:fs';
import path from 'node:path';
import type { OsUser } from './choose-os-user.ts';

/** Whether `user` may pass through every folder from the root down to `dir`, by the plain permission bits. */
export function canTraverse(dir: string, user: OsUser): boolean {
  if (user.uid === undefined) return true;
  for (let folder = fs.realpathSync(dir); ; folder = path.dirname(folder)) {
    const { mode, uid, gid } = fs.statSync(folder);
    const searchBit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & searchBit) === 0) return false;
    if (path.dirname(folder) === folder) return true;
  }
}
