/** `npm run build`: makes what `npm start` runs. A part whose sources have not changed is left alone. */
import { buildServer } from './build/build-server.mjs';
import { buildWeb } from './build/build-web.mjs';

const parts = [
  { name: 'server', build: buildServer },
  { name: 'page', build: buildWeb },
];

for (const { name, build } of parts) {
  const startedAt = performance.now();
  const built = await build().catch(endWithReason);
  if (built) console.log(`Built the ${name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
}

/** The builder has already said in which file; its stack says nothing more. @param {Error} error @returns {never} */
function endWithReason(error) {
  console.error(error.message);
  process.exit(1);
}
