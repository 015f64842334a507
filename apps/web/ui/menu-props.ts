import type { ReactElement, ReactNode } from 'react';

export interface MenuAction {
  readonly label: string;
  readonly onSelect?: () => void;
  /** A link to render instead, so that it can be opened in a new tab. */
  readonly link?: ReactElement<Record<string, unknown>>;
  readonly icon?: ReactNode;
  readonly danger?: boolean;
  /** Why it cannot be chosen now; shown under it. */
  readonly unavailable?: string | null | undefined;
  /** Begins a new part of the menu. */
  readonly separated?: boolean;
}

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  /** Stands over the actions. */
  readonly header?: ReactNode;
  readonly actions: readonly MenuAction[];
  readonly align?: 'start' | 'end';
}
