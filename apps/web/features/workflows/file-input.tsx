import { withoutHidden } from '@pipelines/contracts';
import { useEffect, useRef } from 'react';
import { useFieldControl } from '../../ui/field.tsx';
import { showToast } from '../../ui/toast.ts';

export interface FileInputProps {
  readonly accept: string;
  /** The whole text of the chosen file, and its name. */
  readonly onText: (text: string, fileName: string) => void;
}

/** A text file from the disk. It is read here and not kept. */
export function FileInput({ accept, onText }: FileInputProps) {
  const control = useFieldControl();
  const latest = useRef<File | null>(null);
  useEffect(
    () => () => {
      latest.current = null;
    },
    [],
  );

  async function read(file: File) {
    latest.current = file;
    try {
      const text = await file.text();
      // Another file may have been chosen meanwhile, or none any more.
      if (latest.current === file) onText(text, withoutHidden(file.name));
    } catch {
      showToast({ tone: 'bad', title: `${file.name} could not be read.`, description: 'Choose it again.' });
    }
  }

  return (
    <input
      type="file"
      {...control}
      accept={accept}
      className="block w-full text-[13px] file:mr-3 file:h-8 file:rounded-lg file:border file:border-control file:bg-raised file:px-3 file:font-medium file:text-fg"
      // A file that has been changed since is chosen anew, though its name is the same.
      onClick={(event) => {
        event.currentTarget.value = '';
      }}
      onChange={(event) => {
        const file = event.target.files?.[0];
        if (file) void read(file);
      }}
    />
  );
}
