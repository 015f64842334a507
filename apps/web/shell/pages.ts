import type { Permission } from '@pipelines/contracts';
import {
  Activity,
  Boxes,
  ChartColumn,
  KeyRound,
  LockKeyhole,
  type LucideIcon,
  MessagesSquare,
  Scale,
  Settings,
  Users,
  Workflow,
  Wrench,
} from 'lucide-react';

export interface Page {
  readonly to:
    | '/models'
    | '/workflows'
    | '/evaluations'
    | '/tools'
    | '/playground'
    | '/log'
    | '/usage'
    | '/api-keys'
    | '/credentials'
    | '/people'
    | '/settings';
  readonly name: string;
  readonly icon: LucideIcon;
  readonly permission: Permission;
}

/** The pages of the sidebar and of the search, in this order. */
const pages: readonly Page[] = [
  { to: '/models', name: 'Models', icon: Boxes, permission: 'models:read' },
  { to: '/workflows', name: 'Pipelines', icon: Workflow, permission: 'workflows:read' },
  { to: '/evaluations', name: 'Evaluations', icon: Scale, permission: 'workflows:read' },
  { to: '/tools', name: 'Tools', icon: Wrench, permission: 'tools:read' },
  { to: '/playground', name: 'Playground', icon: MessagesSquare, permission: 'models:call' },
  { to: '/log', name: 'Log', icon: Activity, permission: 'usage:read' },
  { to: '/usage', name: 'Usage', icon: ChartColumn, permission: 'usage:read' },
  { to: '/api-keys', name: 'API keys', icon: KeyRound, permission: 'keys:read' },
  { to: '/credentials', name: 'Credentials', icon: LockKeyhole, permission: 'credentials:read' },
  { to: '/people', name: 'People', icon: Users, permission: 'members:read' },
  { to: '/settings', name: 'Settings', icon: Settings, permission: 'settings:read' },
];

export function allowedPages(permissions: readonly Permission[]): readonly Page[] {
  return pages.filter((page) => permissions.includes(page.permission));
}
