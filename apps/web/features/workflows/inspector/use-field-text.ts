import { useState } from 'react';
import type { FieldText } from '../graph/unfinished-texts.ts';

/** Where it is kept what is typed in fields and is no value yet. */
export interface FieldTexts {
  readonly unfinished: readonly FieldText[];
  readonly keepText: (text: FieldText) => void;
  readonly dropText: (field: string) => void;
}

export interface FieldTextOptions {
  readonly texts: FieldTexts;
  /** Its place in the step's configuration, as problems name it. */
  readonly field: string;
  /** How a problem names it. */
  readonly label: string;
  /** The value that the draft has. */
  readonly value: string;
  /** Why a text is no value, in one sentence; null where it is one. */
  readonly findFault: (text: string) => string | null;
  /** A text as the draft's value would be printed; left out: as it is. */
  readonly print?: (text: string) => string;
}

/**
 * What is typed in a field whose value is only handed on when it is whole. A text that is no value yet is kept: it is
 * here again when the field is, and whoever keeps it knows that something is wrong.
 */
export function useFieldText({ texts, field, label, value, findFault, print = (text) => text }: FieldTextOptions) {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    // Another value than what is typed is a change from outside.
    if (print(typed) !== value) setTyped(value);
  }
  const kept = texts.unfinished.find((each) => each.field === field);

  return {
    text: kept?.text ?? typed,
    /** Gives whether the text is a value. */
    type(text: string): boolean {
      const fault = findFault(text);
      setTyped(text);
      if (fault !== null) texts.keepText({ field, text, fault: `${label}: ${fault}` });
      else if (kept) texts.dropText(field);
      return fault === null;
    },
  };
}
