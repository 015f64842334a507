import type { Session } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { Mark } from './mark.tsx';
import { MemberMenu } from './member-menu.tsx';
import { allowedPages } from './pages.ts';
import { ThemeToggle } from './theme-toggle.tsx';

export interface SidebarProps {
  readonly session: Session;
  readonly onSearch: () => void;
  /** A link was followed: where the sidebar is a menu, it closes. */
  readonly onNavigate?: () => void;
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function Sidebar({ session, onSearch, onNavigate }: SidebarProps) {
  return (
    <div className="flex h-full flex-col p-3">
      <div className="flex items-center gap-2.5 px-1 py-1">
        <Mark />
        <div className="min-w-0 leading-tight">
          <div className="font-semibold text-[13px]">Pipelines</div>
          <div className="truncate text-muted text-xs" title={session.organization.name}>
            {session.organization.name}
          </div>
        </div>
      </div>
      <button
        type="button"
        onClick={onSearch}
        aria-keyshortcuts="Control+K Meta+K"
        className="mt-2.5 flex h-8 items-center gap-2 rounded-lg border border-control bg-bg px-2.5 text-[13px] text-muted shadow-xs hover:text-fg"
      >
        <Search aria-hidden className="size-3.5" />
        <span className="flex-1 text-left">Search</span>
        <kbd aria-hidden className="rounded border border-line px-1 font-sans text-[11px]">
          {isMac ? '⌘K' : 'Ctrl K'}
        </kbd>
      </button>
      <nav aria-label="Pages" className="mt-2.5 flex-1 overflow-y-auto">
        <ul className="space-y-0.5">
          {allowedPages(session.permissions).map(({ to, name, icon: Icon }) => (
            <li key={to}>
              <Link
                to={to}
                {...(onNavigate ? { onClick: onNavigate } : {})}
                activeProps={{ className: 'bg-accent text-on-accent' }}
                inactiveProps={{ className: 'text-muted hover:bg-hover hover:text-fg' }}
                className="flex h-8 items-center gap-2.5 rounded-lg px-2 font-medium text-[13px]"
              >
                <Icon aria-hidden className="size-4" />
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="flex items-center gap-1">
        <MemberMenu session={session} />
        <ThemeToggle />
      </div>
    </div>
  );
}
