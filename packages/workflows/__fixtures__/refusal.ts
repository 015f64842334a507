import { type FieldError, PipelinesError } from '@pipelines/contracts';

/** The code, words and fields of the `PipelinesError` that `work` must end with. */
export async function refusal(
  work: Promise<unknown>,
): Promise<{ readonly code: string; readonly detail: string; readonly fields: readonly FieldError[] }> {
  const error = await work.then(
    () => new Error('It was not refused.'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PipelinesError)) throw error;
  return { code: error.code, detail: error.message, fields: error.fields };
}
