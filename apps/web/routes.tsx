import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { apiKeysSearchSchema } from './features/api-keys/api-keys-search.ts';
import { attemptsSearchSchema } from './features/attempts/attempts-search.ts';
import { catalogueSearchSchema } from './features/catalogue/catalogue-search.ts';
import { modelListSearchSchema } from './features/models/list/model-list-search.ts';
import { playgroundSearchSchema } from './features/playground-search.ts';
import { requireSession, requireSetup, requireSignedOut } from './features/session/guards.ts';
import { signInSearchSchema } from './features/session/sign-in-search.ts';
import { settingsSearchSchema } from './features/settings/settings-search.ts';
import { toolsSearchSchema } from './features/tools/tools-search.ts';
import { usageSearchSchema } from './features/usage/usage-search.ts';
import { evaluationSearchSchema, evaluationsSearchSchema } from './features/workflows/evaluations/evaluations-search.ts';
import { workflowListSearchSchema } from './features/workflows/list/workflow-list-search.ts';
import { tasksSearchSchema, workflowTasksSearchSchema } from './features/workflows/tasks/tasks-search.ts';

const rootRoute = createRootRoute({ component: Outlet });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: signInSearchSchema,
  beforeLoad: ({ search }) => requireSignedOut(search.next),
  component: lazyRouteComponent(() => import('./features/session/sign-in-page.tsx'), 'SignInPage'),
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  beforeLoad: requireSetup,
  component: lazyRouteComponent(() => import('./features/session/setup-page.tsx'), 'SetupPage'),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./features/session/invitation-page.tsx'), 'InvitationPage'),
});

/** Everything inside needs somebody signed in, and has the sidebar. */
const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: ({ location }) => requireSession(location.href),
  component: lazyRouteComponent(() => import('./shell/shell.tsx'), 'Shell'),
});

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/models', replace: true });
  },
});

const modelsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/models',
  validateSearch: modelListSearchSchema,
  component: lazyRouteComponent(() => import('./features/models/list/model-list-page.tsx'), 'ModelListPage'),
});

const modelRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/models/$slug',
  component: lazyRouteComponent(() => import('./features/models/model-route.tsx'), 'ModelRoute'),
});

const replayRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/models/$slug/replays/$id',
  component: lazyRouteComponent(() => import('./features/models/replay/replay-page.tsx'), 'ReplayPage'),
});

const catalogueRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalogue',
  validateSearch: catalogueSearchSchema,
  component: lazyRouteComponent(() => import('./features/catalogue/catalogue-page.tsx'), 'CataloguePage'),
});

const workflowsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/workflows',
  validateSearch: workflowListSearchSchema,
  component: lazyRouteComponent(() => import('./features/workflows/list/workflow-list-page.tsx'), 'WorkflowListPage'),
});

const builderRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/workflows/$id',
  component: lazyRouteComponent(() => import('./features/workflows/builder/builder-route.tsx'), 'BuilderRoute'),
});

const workflowTasksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/workflows/$id/tasks',
  validateSearch: workflowTasksSearchSchema,
  component: lazyRouteComponent(() => import('./features/workflows/tasks/workflow-tasks-page.tsx'), 'WorkflowTasksPage'),
});

const batchRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/batches/$id',
  validateSearch: tasksSearchSchema,
  component: lazyRouteComponent(() => import('./features/workflows/tasks/batch-page.tsx'), 'BatchPage'),
});

const taskRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tasks/$id',
  component: lazyRouteComponent(() => import('./features/workflows/tasks/task-page.tsx'), 'TaskPage'),
});

const evaluationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/evaluations',
  validateSearch: evaluationsSearchSchema,
  component: lazyRouteComponent(() => import('./features/workflows/evaluations/evaluations-page.tsx'), 'EvaluationsPage'),
});

const evaluationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/evaluations/$id',
  validateSearch: evaluationSearchSchema,
  component: lazyRouteComponent(() => import('./features/workflows/evaluations/result/evaluation-page.tsx'), 'EvaluationPage'),
});

const toolsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tools',
  validateSearch: toolsSearchSchema,
  component: lazyRouteComponent(() => import('./features/tools/list/tool-list-page.tsx'), 'ToolListPage'),
});

const toolEndpointRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tools/$id',
  component: lazyRouteComponent(() => import('./features/tools/endpoint/tool-endpoint-route.tsx'), 'ToolEndpointRoute'),
});

const playgroundRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/playground',
  validateSearch: playgroundSearchSchema,
  component: lazyRouteComponent(() => import('./features/playground-route.tsx'), 'PlaygroundRoute'),
});

const logRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/log',
  validateSearch: attemptsSearchSchema,
  component: lazyRouteComponent(() => import('./features/attempts/attempts-page.tsx'), 'AttemptsPage'),
});

const usageRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/usage',
  validateSearch: usageSearchSchema,
  component: lazyRouteComponent(() => import('./features/usage/usage-page.tsx'), 'UsagePage'),
});

const apiKeysRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/api-keys',
  validateSearch: apiKeysSearchSchema,
  component: lazyRouteComponent(() => import('./features/api-keys/api-keys-page.tsx'), 'ApiKeysPage'),
});

const credentialsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/credentials',
  component: lazyRouteComponent(() => import('./features/credentials/credentials-page.tsx'), 'CredentialsPage'),
});

const credentialRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/credentials/$id',
  component: lazyRouteComponent(() => import('./features/credentials/credential-route.tsx'), 'CredentialRoute'),
});

const peopleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people',
  component: lazyRouteComponent(() => import('./features/members/members-page.tsx'), 'MembersPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  validateSearch: settingsSearchSchema,
  component: lazyRouteComponent(() => import('./features/settings/settings-page.tsx'), 'SettingsPage'),
});

export const routeTree = rootRoute.addChildren([
  indexRoute,
  signInRoute,
  setupRoute,
  invitationRoute,
  shellRoute.addChildren([
    modelsRoute,
    modelRoute,
    replayRoute,
    catalogueRoute,
    workflowsRoute,
    builderRoute,
    workflowTasksRoute,
    batchRoute,
    taskRoute,
    evaluationsRoute,
    evaluationRoute,
    toolsRoute,
    toolEndpointRoute,
    playgroundRoute,
    logRoute,
    usageRoute,
    apiKeysRoute,
    credentialsRoute,
    credentialRoute,
    peopleRoute,
    settingsRoute,
  ]),
]);
