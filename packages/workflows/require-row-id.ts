import { PipelinesError } from '@pipelines/contracts';
import { validate } from 'uuid';

/** An ID from outside as one that a query takes. Anything else names nothing. @throws PipelinesError `not_found` */
export function requireRowId(id: string): string {
  if (!validate(id)) throw new PipelinesError('not_found');
  return id;
}
