import type { Replays } from '@pipelines/workflows';
import { CsvAnswer } from './csv-answer.ts';
import type { Handlers } from './route-table.ts';

type ReplayOperation =
  | 'estimateReplay'
  | 'createReplay'
  | 'listReplays'
  | 'getReplay'
  | 'listReplayItems'
  | 'getReplayItem'
  | 'getReplayResults'
  | 'cancelReplay'
  | 'deleteReplay';

export function replayHandlers({ replays }: { readonly replays: Replays }): Handlers<ReplayOperation> {
  return {
    estimateReplay: ({ principal, params, body }) => replays.estimateReplay(principal, params.slug, body),
    createReplay: ({ principal, params, body }) => replays.createReplay(principal, params.slug, body),
    listReplays: ({ principal, params }) => replays.listReplays(principal, params.slug),
    getReplay: ({ principal, params }) => replays.getReplay(principal, params.slug, params.id),
    listReplayItems: ({ principal, params }) => replays.listReplayItems(principal, params.slug, params.id),
    getReplayItem: ({ principal, params }) => replays.getReplayItem(principal, params.slug, params.id, params.item),
    async getReplayResults({ principal, params: { slug, id }, query }) {
      if (query.format === 'json') return replays.readReplayResults(principal, slug, id);
      return new CsvAnswer(await replays.exportReplay(principal, slug, id), `replay-${id}.csv`);
    },
    cancelReplay: ({ principal, params }) => replays.cancelReplay(principal, params.slug, params.id),
    deleteReplay: ({ principal, params }) => replays.deleteReplay(principal, params.slug, params.id),
  };
}
