import {
  PipelinesError,
  type Principal,
  type Replay,
  type ReplayBody,
  type ReplayContent,
  type ReplayEstimate,
  type ReplayItem,
} from '@pipelines/contracts';
import { cancelReplay, deleteReplay } from './change-replay.ts';
import { createReplay } from './create-replay.ts';
import { estimateReplay } from './estimate-replay.ts';
import { exportReplay } from './export-replay.ts';
import { listReplayItems, readReplayItem, readReplayResults } from './read-items.ts';
import { listReplays, readReplay } from './replay-view.ts';
import type { ReplaysContext } from './replays-context.ts';

/** Trying another model on inputs of one, before it is switched. Everything is `not_found` for another organization. */
export interface Replays {
  /** @throws PipelinesError `model_not_found`, `model_inactive`, `invalid_request`, `content_unreadable`; so does `createReplay` */
  estimateReplay(principal: Principal, slug: string, body: ReplayBody): Promise<ReplayEstimate>;
  createReplay(principal: Principal, slug: string, body: ReplayBody): Promise<Replay>;
  /** @throws PipelinesError `model_not_found` */
  listReplays(principal: Principal, slug: string): Promise<{ data: Replay[] }>;
  getReplay(principal: Principal, slug: string, id: string): Promise<Replay>;
  listReplayItems(principal: Principal, slug: string, id: string): Promise<{ data: ReplayItem[] }>;
  /** Contents: reading them is written down. @throws PipelinesError `content_unreadable`; so do the next two */
  getReplayItem(principal: Principal, slug: string, id: string, item: number): Promise<ReplayContent>;
  readReplayResults(principal: Principal, slug: string, id: string): Promise<{ data: ReplayContent[] }>;
  exportReplay(principal: Principal, slug: string, id: string): Promise<string>;
  /** @throws PipelinesError `conflict` when it has ended */
  cancelReplay(principal: Principal, slug: string, id: string): Promise<Replay>;
  /** @throws PipelinesError `conflict` while it runs */
  deleteReplay(principal: Principal, slug: string, id: string): Promise<void>;
}

export function createReplays(context: ReplaysContext): Replays {
  const { db } = context.database;
  return {
    estimateReplay: (principal, slug, body) => estimateReplay(context, principal, slug, body),
    createReplay: (principal, slug, body) => createReplay(context, principal, slug, body),
    async listReplays({ organizationId }, slug) {
      if (context.registry.resolve(organizationId, slug) === null) throw new PipelinesError('model_not_found');
      return listReplays(db, organizationId, slug);
    },
    getReplay: ({ organizationId }, slug, id) => readReplay(db, organizationId, slug, id),
    listReplayItems: (principal, slug, id) => listReplayItems(context, principal, slug, id),
    getReplayItem: (principal, slug, id, item) => readReplayItem(context, principal, slug, id, item),
    readReplayResults: (principal, slug, id) => readReplayResults(context, principal, slug, id),
    exportReplay: (principal, slug, id) => exportReplay(context, principal, slug, id),
    cancelReplay: (principal, slug, id) => cancelReplay(context, principal, slug, id),
    deleteReplay: (principal, slug, id) => deleteReplay(context, principal, slug, id),
  };
}
