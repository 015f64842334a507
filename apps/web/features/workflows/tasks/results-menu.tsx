import { type Batch, routes } from '@pipelines/contracts';
import { Braces, Download, Table2 } from 'lucide-react';
import { fillAddress } from '../../../api-client.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { fileNameOf } from '../download-text.ts';

/** Every row of the batch with its output, as a file. */
export function ResultsMenu({ batch }: { readonly batch: Batch }) {
  const link = (format: 'json' | 'csv') => (
    // biome-ignore lint/a11y/useAnchorContent: the menu puts its label in
    <a
      href={fillAddress(routes.getBatchResults.path, { id: batch.id }, { format })}
      download={`${fileNameOf(batch.name || `batch ${batch.id}`)}.${format}`}
    />
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
