import type { ReplayAnswer } from '@pipelines/contracts';
import type { ReplayRequest } from './replay-request.ts';
import type { ReplaysContext } from './replays-context.ts';

export type ReplaySideName = 'baseline' | 'candidate';

/** The row of an input; its answers have rows of their own. */
export interface ItemKey {
  readonly organizationId: string;
  readonly replayId: string;
  readonly item: number;
}

type Vault = ReplaysContext['vault'];
type Sealed = { readonly sealed: Uint8Array | null; readonly dataKeyVersion: number | null };

const inputPlace = ({ organizationId, replayId, item }: ItemKey) =>
  ({ kind: 'replay_input', organizationId, id: [replayId, String(item)] }) as const;
const answerPlace = ({ organizationId, replayId, item }: ItemKey, side: ReplaySideName) =>
  ({ kind: 'replay_answer', organizationId, id: [replayId, String(item), side] }) as const;

export function sealInput(vault: Vault, key: ItemKey, request: ReplayRequest) {
  return vault.sealContent(inputPlace(key), Buffer.from(JSON.stringify(request)));
}

export function sealAnswer(vault: Vault, key: ItemKey, side: ReplaySideName, answer: ReplayAnswer) {
  return vault.sealContent(answerPlace(key, side), Buffer.from(JSON.stringify(answer)));
}

/** Null once its content is deleted. @throws PipelinesError `content_unreadable` */
export async function openInput(vault: Vault, key: ItemKey, sealed: Sealed): Promise<ReplayRequest | null> {
  return (await open(vault, inputPlace(key), sealed)) as ReplayRequest | null;
}

/** Null where there is none, and once its content is deleted. @throws PipelinesError `content_unreadable` */
export async function openAnswer(vault: Vault, key: ItemKey, side: ReplaySideName, sealed: Sealed): Promise<ReplayAnswer | null> {
  return (await open(vault, answerPlace(key, side), sealed)) as ReplayAnswer | null;
}

async function open(vault: Vault, place: Parameters<Vault['openContent']>[0], { sealed, dataKeyVersion }: Sealed): Promise<unknown> {
  if (sealed === null || dataKeyVersion === null) return null;
  return JSON.parse(Buffer.from(await vault.openContent(place, { sealed, dataKeyVersion })).toString('utf8'));
}
