import { Menu as BaseMenu } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { popupClass, popupItemClass } from './popup-classes.ts';

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly align?: 'start' | 'end';
  readonly children: ReactNode;
}

export function Menu({ trigger, align = 'end', children }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={4} align={align} className="z-50">
          <BaseMenu.Popup className={classNames(popupClass, 'min-w-44 max-w-72')}>{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

export interface MenuItemProps {
  readonly onSelect?: () => void;
  /** A link to render instead, so that it can be opened in a new tab. */
  readonly link?: ReactElement<Record<string, unknown>>;
  readonly icon?: ReactNode;
  readonly danger?: boolean;
  /** Why it cannot be chosen now; shown under it. */
  readonly unavailable?: string | null | undefined;
  readonly children: ReactNode;
}

export function MenuItem({ onSelect, link, icon, danger = false, unavailable, children }: MenuItemProps) {
  return (
    <BaseMenu.Item
      {...(link && !unavailable ? { render: link } : {})}
      disabled={Boolean(unavailable)}
      {...(onSelect ? { onClick: onSelect } : {})}
      className={classNames(popupItemClass, danger && !unavailable && 'text-bad')}
    >
      {icon && <span className="text-muted [&>svg]:size-4">{icon}</span>}
      <span className="min-w-0 flex-1">
        {children}
        {unavailable && <span className="block text-muted text-xs">{unavailable}</span>}
      </span>
    </BaseMenu.Item>
  );
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="my-1 h-px bg-line" />;
}
