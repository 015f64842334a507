import { type CatalogueModel, PipelinesError } from '@pipelines/contracts';
import type { PlatformCatalogue } from '@pipelines/registry';
import { composeCatalogue } from '../compose.ts';
import { readConfig } from '../config/read-config.ts';
import { createLog } from '../logging/create-log.ts';
import { createClosers } from '../start/closers.ts';
import { describeStartFailure } from '../start/describe-start-failure.ts';
import type { RunOptions } from '../start/run-server.ts';

export const catalogueUsage = `  catalogue sync           Read the list of platform models from its source now.
  catalogue list [TEXT]    Print the models that the source has; * marks those that are offered.
  catalogue pin MODEL      Offer a model to every organization.
  catalogue unpin MODEL    Offer it no more.`;

type Act = (catalogue: PlatformCatalogue, word: string) => Promise<string>;

const acts: Readonly<Record<string, { readonly words: readonly number[]; readonly act: Act }>> = {
  sync: { words: [0], act: sync },
  list: { words: [0, 1], act: list },
  pin: { words: [1], act: (catalogue, slug) => catalogue.pin(slug).then(() => `${slug} is offered.`) },
  unpin: { words: [1], act: (catalogue, slug) => catalogue.unpin(slug).then(() => `${slug} is offered no more.`) },
};

/** Does one thing to the catalogue, beside a server that runs or alone. False where there is no such command. */
export async function runCatalogueCommand([name = '', ...words]: readonly string[], { environment }: RunOptions): Promise<boolean> {
  const found = Object.hasOwn(acts, name) ? acts[name] : undefined;
  if (!found?.words.includes(words.length)) return false;
  const closers = createClosers(() => undefined);
  try {
    const { config, secrets } = readConfig(environment);
    const log = createLog({ level: 'silent', readable: false, write: () => undefined, secrets: secrets.texts });
    const catalogue = await composeCatalogue({ config, secrets, log }, closers);
    process.stdout.write(`${await found.act(catalogue, words[0] ?? '')}\n`);
  } catch (error) {
    const ours =
      error instanceof PipelinesError ? { message: `${error.message} ${error.fix}`, exitCode: 1 } : describeStartFailure(error, null);
    process.stderr.write(`${ours.message}\n`);
    process.exitCode = ours.exitCode;
  } finally {
    await closers.closeAll();
  }
  return true;
}

async function sync(catalogue: PlatformCatalogue): Promise<string> {
  const { outcome, message, fix } = await catalogue.sync(new AbortController().signal, { always: true });
  if (outcome === 'failed') process.exitCode = 1;
  return fix === null ? message : `${message} ${fix}`;
}

async function list(catalogue: PlatformCatalogue, search: string): Promise<string> {
  const models: CatalogueModel[] = [];
  let cursor: string | undefined;
  do {
    const page = await catalogue.listModels({ limit: 200, cursor, search }, null);
    models.push(...page.data);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return models.map(({ slug, offered, listed }) => `${offered ? '*' : ' '} ${slug}${listed ? '' : ' (no longer listed)'}`).join('\n');
}
