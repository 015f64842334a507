import { Dialog } from '@base-ui/react/dialog';
import type { Session } from '@pipelines/contracts';
import { Menu as MenuIcon, Search } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Mark } from './mark.tsx';
import { Sidebar } from './sidebar.tsx';

/** The bar over the page on narrow screens: the sidebar opens from it as a menu. */
export function NarrowBar({ session, onSearch }: { readonly session: Session; readonly onSearch: () => void }) {
  const [open, setOpen] = useState(false);
  const search = () => {
    setOpen(false);
    onSearch();
  };
  return (
    <div className="sticky top-0 z-30 flex h-12 items-center gap-2 border-line border-b bg-panel px-3 md:hidden">
      <Dialog.Root open={open} onOpenChange={setOpen}>
        <Dialog.Trigger
          render={<Button variant="ghost" size="icon" aria-label="Open the menu" icon={<MenuIcon aria-hidden className="size-5" />} />}
        />
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
          <Dialog.Popup className="fixed inset-y-0 left-0 z-40 w-64 border-line border-r bg-panel outline-none">
            <Dialog.Title className="sr-only">Menu</Dialog.Title>
            <Sidebar session={session} onSearch={search} onNavigate={() => setOpen(false)} />
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
      <Mark />
      <span className="min-w-0 flex-1 truncate font-semibold text-[13px]">{session.organization.name}</span>
      <Button variant="ghost" size="icon" aria-label="Search" icon={<Search aria-hidden className="size-4" />} onClick={onSearch} />
    </div>
  );
}
