import { Dialog } from '@base-ui/react/dialog';
import { Sidebar, type SidebarProps } from './sidebar.tsx';

export interface NarrowMenuProps extends Omit<SidebarProps, 'onNavigate'> {
  readonly onClose: () => void;
}

/** The sidebar as a menu over the page. */
export default function NarrowMenu({ session, onSearch, onClose }: NarrowMenuProps) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-40 w-64 border-line border-r bg-panel outline-none">
          <Dialog.Title className="sr-only">Menu</Dialog.Title>
          <Sidebar session={session} onSearch={onSearch} onNavigate={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
