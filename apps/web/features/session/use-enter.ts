import type { Session } from '@pipelines/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { sessionQuery } from '../../session-query.ts';
import { localAddress } from './sign-in-search.ts';

/** Begins a session in the page: nothing of the one before is left, and the wanted page opens. */
export function useEnter(): (session: Session, next?: string) => void {
  const queryClient = useQueryClient();
  const router = useRouter();
  return (session, next) => {
    queryClient.clear();
    queryClient.setQueryData(sessionQuery.queryKey, session);
    router.history.push(localAddress(next) ?? '/models');
  };
}
