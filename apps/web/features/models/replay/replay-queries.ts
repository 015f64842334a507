import { type Replay, routes } from '@pipelines/contracts';
import { queryOptions } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';

const refreshMs = 1_000;

/** The replays of a model, refreshed while one runs. */
export function replaysQuery(slug: string) {
  return queryOptions({
    queryKey: ['models', 'replays', slug],
    queryFn: ({ signal }) => callApi(routes.listReplays, { params: { slug }, signal }),
    refetchInterval: ({ state }) => (state.data?.data.some(isRunning) ? refreshMs : false),
  });
}

export function replayQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: ['models', 'replay', slug, id],
    queryFn: ({ signal }) => callApi(routes.getReplay, { params: { slug, id }, signal }),
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? refreshMs : false),
  });
}

/** `ended` is part of the key: what was read is of that moment. */
export function replayItemsQuery(slug: string, id: string, ended: number) {
  return queryOptions({
    queryKey: ['models', 'replay-items', slug, id, ended],
    queryFn: ({ signal }) => callApi(routes.listReplayItems, { params: { slug, id }, signal }),
    placeholderData: (before) => before,
  });
}

export function isRunning({ state }: Pick<Replay, 'state'>): boolean {
  return state === 'running';
}

export const replayStates: Record<Replay['state'], { readonly word: string; readonly tone: 'busy' | 'ok' | 'off' }> = {
  running: { word: 'Running', tone: 'busy' },
  finished: { word: 'Finished', tone: 'ok' },
  canceled: { word: 'Canceled', tone: 'off' },
};
