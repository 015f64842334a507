import path from 'node:path';

/** Where the parts of an embedded cluster are. */
export interface ClusterFiles {
  /** Everything of the cluster; appears whole, by one rename. */
  readonly root: string;
  /** PostgreSQL's own data folder, 0700, owned by the user that it runs as. */
  readonly data: string;
  /** The superuser's password, 0600, owned by us. */
  readonly password: string;
  /** The port that was used last, so that every process that is attached expects the same one. */
  readonly port: string;
  /** PostgreSQL's own messages. */
  readonly log: string;
}

export function clusterFiles(dataDir: string): ClusterFiles {
  return filesAt(path.join(dataDir, 'postgres'));
}

export function filesAt(root: string): ClusterFiles {
  return {
    root,
    data: path.join(root, 'data'),
    password: path.join(root, 'password'),
    port: path.join(root, 'port'),
    log: path.join(root, 'postgres.log'),
  };
}

/** The superuser of an embedded cluster, and the database that the product uses. */
export const clusterUser = 'pipelines';
export const clusterDatabase = 'postgres';

/** The major version of the binaries in package.json; a cluster of another one cannot be opened. */
export const clusterVersion = '18';
