import fs from 'node:fs';
import { DatabaseSetupError } from '../database-setup-error.ts';

/** Options of `spawn`: whom PostgreSQL runs as. Empty: the user of this process. */
export interface OsUser {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * PostgreSQL refuses to run as root. When we are root it runs as the owner of an existing cluster, else as
 * `postgres`, else as `nobody`; when we are not, as ourselves.
 *
 * @param clusterData the cluster's data folder, which need not exist yet
 */
export function chooseOsUser(clusterData: string, passwdFile = '/etc/passwd'): OsUser {
  if (process.getuid?.() !== 0) return {};
  const owner = fs.statSync(clusterData, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };

  const users = readUsers(passwdFile);
  const user = users.get('postgres') ?? users.get('nobody');
  if (!user) {
    throw new DatabaseSetupError(
      'NO_UNPRIVILEGED_USER',
      'PostgreSQL does not run as root, and this system has neither a user "postgres" nor "nobody". Start the server as an ordinary user, or set DATABASE_URL.',
    );
  }
  return user;
}

function readUsers(passwdFile: string): Map<string, OsUser> {
  const users = new Map<string, OsUser>();
  const lines = fs.existsSync(passwdFile) ? fs.readFileSync(passwdFile, 'utf8').split('\n') : [];
  for (const line of lines) {
    const [name, , uid, gid] = line.split(':');
    if (name && uid && gid && Number(uid) !== 0) users.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  return users;
}
