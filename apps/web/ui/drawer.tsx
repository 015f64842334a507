import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const widths = { medium: 'max-w-lg', wide: 'max-w-2xl' } as const;

export interface DrawerProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** `wide` for what stands side by side. */
  readonly width?: keyof typeof widths;
  readonly children: ReactNode;
}

/** Details beside the list that they come from. */
export function Drawer({ open, onClose, title, width = 'medium', children }: DrawerProps) {
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Popup
          className={classNames(
            'fixed inset-y-0 right-0 z-40 flex w-full flex-col border-line border-l bg-bg shadow-popup outline-none',
            'transition-transform duration-150 data-ending-style:translate-x-full data-starting-style:translate-x-full',
            widths[width],
          )}
        >
          <header className="flex items-center justify-between gap-4 border-line border-b px-5 py-3">
            <BaseDialog.Title className="font-semibold text-base">{title}</BaseDialog.Title>
            <BaseDialog.Close aria-label="Close" className="-mr-1.5 flex size-8 items-center justify-center rounded-lg hover:bg-hover">
              <X aria-hidden className="size-4" />
            </BaseDialog.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-5">{children}</div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
