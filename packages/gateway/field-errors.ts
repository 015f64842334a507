import { PipelinesError } from '@pipelines/contracts';

/** A field of the body that is not what it must be. `expected` completes "must be …". */
export function wrongField(field: string, expected: string): PipelinesError {
  return new PipelinesError('invalid_request', {
    detail: `"${field}" must be ${expected}.`,
    fix: 'Correct it and send the request again.',
    param: field,
    fields: [{ field, message: `Must be ${expected}` }],
  });
}
