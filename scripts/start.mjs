/**
 * `npm start`: builds what changed, then becomes the product. It runs in this very process, so that
 * signals, exit code and output are the product's own.
 */
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './build/ensure-built.mjs';
import { fromRoot } from './repository.mjs';
import { stopWithParent } from './stop-with-parent.mjs';

stopWithParent();
ensureBuilt();
await import(pathToFileURL(fromRoot('apps/server/dist/main.js')).href);
