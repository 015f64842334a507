import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { AttemptContent, KeptBody } from '@pipelines/contracts';
import type { BoundedBytes } from './bounded-bytes.ts';
import type { ContentVault } from './content-vault.ts';
import type { DraftedContent } from './create-draft.ts';

const compress = promisify(gzip);
const expand = promisify(gunzip);
/** More than three bodies take, escaped as JSON. */
const maxExpandedBytes = 16 * 1024 * 1024;

type Bodies = Pick<AttemptContent, 'request' | 'upstream_request' | 'answer'>;

export interface SealedRow {
  readonly organizationId: string;
  readonly attemptId: string;
  readonly sealed: Uint8Array;
  readonly dataKeyVersion: number;
}

/** A content as its row holds it: without the credential's secrets, packed, sealed for this one call. */
export async function sealDraft(vault: ContentVault, content: DraftedContent): Promise<SealedRow> {
  const { organizationId, attemptId, request, upstreamRequest, answer, hide } = content;
  const toBody = async (bytes: BoundedBytes | null): Promise<KeptBody | null> => {
    const body = bytes?.toBody();
    return body === undefined ? null : { ...body, text: await hide(body.text) };
  };
  const bodies = { request: await toBody(request), upstream_request: await toBody(upstreamRequest), answer: await toBody(answer) };
  const packed = await compress(JSON.stringify(bodies));
  return { organizationId, attemptId, ...(await vault.sealContent({ kind: 'attempt', organizationId, id: [attemptId] }, packed)) };
}

/** @throws PipelinesError `content_unreadable` */
export async function openBodies(vault: ContentVault, { organizationId, attemptId, ...sealed }: SealedRow): Promise<Bodies> {
  const packed = await vault.openContent({ kind: 'attempt', organizationId, id: [attemptId] }, sealed);
  return JSON.parse((await expand(packed, { maxOutputLength: maxExpandedBytes })).toString('utf8')) as Bodies;
}
