import { Braces, Download, Table2 } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { fileNameOf } from '../download-text.ts';

export interface ResultsMenuProps {
  /** Where the rows are found, in either format. */
  readonly addressOf: (format: 'json' | 'csv') => string;
  /** What the file is called after. */
  readonly name: string;
}

/** Every row with what came out of it, as a file. */
export function ResultsMenu({ addressOf, name }: ResultsMenuProps) {
  const link = (format: 'json' | 'csv') => (
    // biome-ignore lint/a11y/useAnchorContent: the menu puts its label in
    <a href={addressOf(format)} download={`${fileNameOf(name)}.${format}`} />
  );
  return (
    <Menu
      trigger={<Button icon={<Download aria-hidden className="size-4" />}>Results</Button>}
      actions={[
        { label: 'As CSV', icon: <Table2 />, link: link('csv') },
        { label: 'As JSON', icon: <Braces />, link: link('json') },
      ]}
    />
  );
}
