import { createRouter } from '@tanstack/react-router';
import { routeTree } from './routes.tsx';
import { PageFailed } from './shell/page-failed.tsx';
import { PageMissing } from './shell/page-missing.tsx';
import { PagePending } from './shell/page-pending.tsx';

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 200,
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageFailed,
  defaultNotFoundComponent: PageMissing,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
