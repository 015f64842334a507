import { useState } from 'react';

export interface Edits<Values extends object> {
  /** What is saved, with what has been edited here in its place. */
  readonly values: Values;
  /** Only what differs from what is saved. */
  readonly edited: Partial<Values>;
  readonly isEdited: boolean;
  readonly edit: (part: Partial<Values>) => void;
}

/**
 * Edits of something that is saved field by field. What is saved may come anew at any time, by a save from here or from
 * elsewhere: fields that are being edited stay as they are, all others follow it.
 *
 * @param saved values that can be written as JSON
 */
export function useEdits<Values extends object>(saved: Values): Edits<Values> {
  const [edits, setEdits] = useState<Partial<Values>>({});
  const edited = dropSaved(edits, saved);
  // What has been saved is no edit any more, also when somebody else changes it later.
  if (Object.keys(edited).length < Object.keys(edits).length) setEdits(edited);
  return {
    values: { ...saved, ...edited },
    edited,
    isEdited: Object.keys(edited).length > 0,
    edit: (part) => setEdits((before) => ({ ...before, ...part })),
  };
}

/** The edits that differ from what is saved. */
export function dropSaved<Values extends object>(edits: Partial<Values>, saved: Values): Partial<Values> {
  const differs = ([name, value]: [string, unknown]) => JSON.stringify(value) !== JSON.stringify(saved[name as keyof Values]);
  return Object.fromEntries(Object.entries(edits).filter(differs)) as Partial<Values>;
}
