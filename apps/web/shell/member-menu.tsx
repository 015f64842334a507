import { routes, type Session } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LogOut, MonitorSmartphone, UserRound } from 'lucide-react';
import { callApi } from '../api-client.ts';
import { sessionQuery } from '../session-query.ts';
import { Menu } from '../ui/menu.tsx';
import type { MenuAction } from '../ui/menu-props.ts';
import { showToast } from '../ui/toast.ts';
import { initials } from './initials.ts';
import { chooseTheme, useTheme } from './theme.ts';

export function MemberMenu({ session }: { readonly session: Session }) {
  const queryClient = useQueryClient();
  const { chosen } = useTheme();
  const signOut = useMutation({
    mutationFn: () => callApi(routes.signOut),
    onSuccess: () => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, null);
      // A full load: nothing of the session stays in the memory of the page.
      window.location.assign('/sign-in');
    },
    onError: (error) => showToast({ title: 'Signing out failed.', description: error.message, tone: 'bad' }),
  });
  const { member } = session;

  const actions: MenuAction[] = [
    { label: 'Your account', icon: <UserRound />, link: <Link to="/settings" search={{ tab: 'account' }} /> },
    ...(chosen ? [{ label: "Follow the system's theme", icon: <MonitorSmartphone />, onSelect: () => chooseTheme(null) }] : []),
    { label: 'Sign out', icon: <LogOut />, onSelect: () => signOut.mutate() },
  ];
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className="flex min-w-0 flex-1 items-center gap-2.5 rounded-lg p-1.5 text-left hover:bg-hover">
          <span
            aria-hidden
            className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent font-semibold text-[11px] text-on-accent"
          >
            {initials(member.name)}
          </span>
          <span className="truncate text-[13px]">{member.name}</span>
        </button>
      }
      header={
        <>
          <div className="truncate font-medium text-[13px]">{member.name}</div>
          <div className="truncate text-muted text-xs">
            {member.email} · {member.role}
          </div>
        </>
      }
      actions={actions}
    />
  );
}
