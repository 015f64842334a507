import { PipelinesError } from '@pipelines/contracts';
import { isUniqueViolation } from '@pipelines/database';

/** @throws PipelinesError `already_exists` where the work ends at the unique name */
export async function refuseTakenName<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new PipelinesError('already_exists', {
      detail: 'There is a tool endpoint of this name.',
      fields: [{ field: 'name', message: 'Choose another name' }],
    });
  }
}
