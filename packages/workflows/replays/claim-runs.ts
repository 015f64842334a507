import type { Queries } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import type { ItemKey, ReplaySideName } from './seal-replay.ts';

/** How long a run belongs to whoever claimed it; they ask for more while they are at it. */
const claimSeconds = 60;

export interface ClaimedRun extends ItemKey {
  readonly side: ReplaySideName;
  readonly slug: string;
  readonly createdBy: string | null;
}

interface ClaimRow extends Record<string, unknown> {
  readonly organization_id: string;
  readonly replay_id: string;
  readonly item: number;
  readonly side: ReplaySideName;
  readonly slug: string;
  readonly created_by: string | null;
}

/** Takes runs that nobody is at: those that wait, and those whose owner has been silent for too long. Oldest replay first. */
export async function claimRuns(db: Queries, claim: string, limit: number): Promise<readonly ClaimedRun[]> {
  const { rows } = await db.execute<ClaimRow>(sql`
    update replay_runs r set state = 'running', claim = ${claim}, claimed_until = now() + make_interval(secs => ${claimSeconds})
    from (
      select x.organization_id, x.replay_id, x.item, x.side, p.created_by,
        case x.side when 'baseline' then p.from_slug else p.to_slug end as slug
      from replay_runs x join replays p on p.organization_id = x.organization_id and p.id = x.replay_id
      where p.state = 'running' and (x.state = 'pending' or (x.state = 'running' and x.claimed_until < now()))
      order by p.created_at, p.id, x.item, x.side limit ${limit} for update of x skip locked) c
    where r.organization_id = c.organization_id and r.replay_id = c.replay_id and r.item = c.item and r.side = c.side
    returning r.organization_id, r.replay_id, r.item, r.side, c.slug, c.created_by`);
  return rows.map((row) => ({
    organizationId: row.organization_id,
    replayId: row.replay_id,
    item: row.item,
    side: row.side,
    slug: row.slug,
    createdBy: row.created_by,
  }));
}

/** Asks for more time for all runs of a claim, and tells which of them are wanted still: names as `nameRun` gives them. */
export async function keepClaim(db: Queries, claim: string): Promise<ReadonlySet<string>> {
  const { rows } = await db.execute<ClaimRow>(sql`
    update replay_runs r set claimed_until = now() + make_interval(secs => ${claimSeconds})
    from replays p where p.organization_id = r.organization_id and p.id = r.replay_id and p.state = 'running'
      and r.claim = ${claim} and r.state = 'running'
    returning r.replay_id, r.item, r.side`);
  return new Set(rows.map((row) => nameRun({ replayId: row.replay_id, item: row.item, side: row.side })));
}

export function nameRun({ replayId, item, side }: Pick<ClaimedRun, 'replayId' | 'item' | 'side'>): string {
  return `${replayId}/${item}/${side}`;
}
