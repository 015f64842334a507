import type { Database } from '@pipelines/database';

/** Which models have a limit, as this process knows it; asked for again every second, so that most calls need not ask the database. */
export class LimitedModels {
  readonly #database: Pick<Database, 'pool'>;
  #keys: ReadonlySet<string> = new Set();
  #hasLimits = false;

  constructor(database: Pick<Database, 'pool'>) {
    this.#database = database;
  }

  async refresh(): Promise<void> {
    const { rows } = await this.#database.pool.query<{ organization_id: string; slug: string | null }>(
      'select organization_id, slug from concurrency_limits',
    );
    this.#hasLimits = rows.length > 0;
    this.#keys = new Set(rows.flatMap((row) => (row.slug === null ? [] : [keyOf(row.organization_id, row.slug)])));
  }

  /** Whether anything at all has a limit. */
  get hasLimits(): boolean {
    return this.#hasLimits;
  }

  has(organizationId: string, slug: string): boolean {
    return this.#keys.has(keyOf(organizationId, slug));
  }
}

const keyOf = (organizationId: string, slug: string) => `${organizationId}/${slug}`;
