import { routes } from '@pipelines/contracts';
import { redirect } from '@tanstack/react-router';
import { callApi } from '../../api-client.ts';
import { queryClient } from '../../query-client.ts';
import { sessionQuery } from '../../session-query.ts';
import { localAddress } from './sign-in-search.ts';

async function isSetupNeeded(): Promise<boolean> {
  return (await callApi(routes.getSetup)).needed;
}

/** Lets signed-in people through; sends everybody else to the sign-in page, or to the setup of an empty server. */
export async function requireSession(address: string): Promise<void> {
  const session = await queryClient.ensureQueryData(sessionQuery);
  if (session) return;
  if (await isSetupNeeded()) throw redirect({ to: '/setup', replace: true });
  throw redirect({ to: '/sign-in', search: { next: localAddress(address) }, replace: true });
}

/** Somebody who is signed in has no use for the sign-in page. */
export async function requireSignedOut(next: string | undefined): Promise<void> {
  const session = await queryClient.ensureQueryData(sessionQuery);
  if (session) throw redirect({ href: localAddress(next) ?? '/models', replace: true });
  if (await isSetupNeeded()) throw redirect({ to: '/setup', replace: true });
}

/** The setup page is there only while no organization exists. */
export async function requireSetup(): Promise<void> {
  if (!(await isSetupNeeded())) throw redirect({ to: '/sign-in', replace: true });
}
