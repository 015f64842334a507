import { Menu as BaseMenu } from '@base-ui/react/menu';
import { classNames } from './class-names.ts';
import type { MenuAction, MenuProps } from './menu-props.ts';
import { popupClass, popupItemClass } from './popup-classes.ts';

/** A menu with its actions, open from the start. */
export default function OpenedMenu({ trigger, header, actions, align = 'end' }: MenuProps) {
  return (
    <BaseMenu.Root defaultOpen>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={4} align={align} className="z-50">
          <BaseMenu.Popup className={classNames(popupClass, 'min-w-44 max-w-72')}>
            {header && (
              <>
                <div className="px-2 py-1.5">{header}</div>
                <Separator />
              </>
            )}
            {actions.map((action) => (
              <Action key={action.label} action={action} />
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

function Action({ action }: { readonly action: MenuAction }) {
  const { label, onSelect, link, icon, danger, unavailable, separated } = action;
  return (
    <>
      {separated && <Separator />}
      <BaseMenu.Item
        {...(link && !unavailable ? { render: link } : {})}
        disabled={Boolean(unavailable)}
        onClick={onSelect}
        className={classNames(popupItemClass, danger && !unavailable && 'text-bad')}
      >
        {icon && <span className={classNames('[&>svg]:size-4', !danger && 'text-muted')}>{icon}</span>}
        <span className="min-w-0 flex-1">
          {label}
          {unavailable && <span className="block text-muted text-xs">{unavailable}</span>}
        </span>
      </BaseMenu.Item>
    </>
  );
}

function Separator() {
  return <BaseMenu.Separator className="my-1 h-px bg-line" />;
}
