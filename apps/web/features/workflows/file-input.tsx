import { useFieldControl } from '../../ui/field.tsx';

export interface FileInputProps {
  readonly accept: string;
  /** The whole text of the chosen file, and its name. */
  readonly onText: (text: string, fileName: string) => void;
}

/** A text file from the disk. It is read here and not kept. */
export function FileInput({ accept, onText }: FileInputProps) {
  const control = useFieldControl();
  return (
    <input
      type="file"
      {...control}
      accept={accept}
      className="block w-full text-[13px] file:mr-3 file:h-8 file:rounded-lg file:border file:border-control file:bg-raised file:px-3 file:font-medium file:text-fg"
      onChange={async (event) => {
        const file = event.target.files?.[0];
        if (file) onText(await file.text(), file.name);
      }}
    />
  );
}
