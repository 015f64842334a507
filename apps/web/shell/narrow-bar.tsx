import type { Session } from '@pipelines/contracts';
import { Menu as MenuIcon, Search } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Mark } from './mark.tsx';

const NarrowMenu = lazy(() => import('./narrow-menu.tsx'));

/** The bar over the page on narrow screens: the sidebar opens from it as a menu. */
export function NarrowBar({ session, onSearch }: { readonly session: Session; readonly onSearch: () => void }) {
  const [open, setOpen] = useState(false);
  const search = () => {
    setOpen(false);
    onSearch();
  };
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-line border-b bg-panel px-3 md:hidden">
      <Button
        variant="ghost"
        size="icon"
        aria-label="Open the menu"
        aria-haspopup="dialog"
        aria-expanded={open}
        icon={<MenuIcon aria-hidden className="size-5" />}
        onClick={() => setOpen(true)}
      />
      <Mark />
      <span className="min-w-0 flex-1 truncate font-semibold text-[13px]">{session.organization.name}</span>
      <Button variant="ghost" size="icon" aria-label="Search" icon={<Search aria-hidden className="size-4" />} onClick={onSearch} />
      <Suspense>{open && <NarrowMenu session={session} onSearch={search} onClose={() => setOpen(false)} />}</Suspense>
    </header>
  );
}
