import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { localAddress } from '../features/session/sign-in-search.ts';
import { sessionQuery } from '../session-query.ts';
import { NarrowBar } from './narrow-bar.tsx';
import { Sidebar } from './sidebar.tsx';

const BudgetNotice = lazy(() => import('./budget-notice.tsx'));
const SearchPalette = lazy(() => import('./search-palette.tsx'));

/** The frame of every page for signed-in people. A session that ends meanwhile leads to the sign-in page and back. */
export function Shell() {
  const { data: session } = useQuery(sessionQuery);
  const [searching, setSearching] = useSearchShortcut();
  if (!session) return <SessionEnded />;
  const openSearch = () => setSearching(true);
  return (
    <div className="md:grid md:grid-cols-[14.5rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-50 rounded-lg bg-primary px-3 py-2 text-on-primary focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <NarrowBar session={session} onSearch={openSearch} />
      <aside aria-label="Sidebar" className="sticky top-0 hidden h-dvh border-line border-r bg-panel md:block">
        <Sidebar session={session} onSearch={openSearch} />
      </aside>
      <main id="content" tabIndex={-1} className="mx-auto w-full min-w-0 max-w-7xl px-4 py-6 outline-none sm:px-9 sm:py-8">
        {session.permissions.includes('limits:read') && (
          <Suspense>
            <BudgetNotice />
          </Suspense>
        )}
        <Outlet />
      </main>
      {searching && (
        <Suspense>
          <SearchPalette session={session} onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Leads to the sign-in page, and from there back. Once: the way there changes the address, and would be the next to come back to. */
function SessionEnded() {
  const router = useRouter();
  useEffect(() => {
    const { href } = router.state.location;
    void router.navigate({ to: '/sign-in', search: { next: localAddress(href) }, replace: true });
  }, [router]);
  return null;
}

/** Cmd/Ctrl+K opens the search from anywhere. */
function useSearchShortcut() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setOpen((isOpen) => !isOpen);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return [open, setOpen] as const;
}
