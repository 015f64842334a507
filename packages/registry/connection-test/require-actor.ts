import { PipelinesError, type Principal } from '@pipelines/contracts';

/** A test and its save belong to the one member or API key that asked. @throws PipelinesError `forbidden` */
export function requireActor({ actor }: Principal): { readonly type: 'member' | 'api_key'; readonly id: string } {
  if (actor.type === 'system') throw new PipelinesError('forbidden');
  return actor;
}
