import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The newest setup link, for an operator who does not see the output. Readable by the server's user only. */
export interface SetupLinkFile {
  readonly path: string;
  write(link: string): void;
  remove(): void;
}

export function createSetupLinkFile(dataDir: string): SetupLinkFile {
  const file = path.join(dataDir, 'setup-link.txt');
  return {
    path: file,
    write(link) {
      writeFileSync(file, `${link}\n`, { mode: 0o600 });
      // The mode counts for new files only.
      chmodSync(file, 0o600);
    },
    remove: () => rmSync(file, { force: true }),
  };
}
