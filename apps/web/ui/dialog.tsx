import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { classNames } from './class-names.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

const widths = { small: 'sm:max-w-md', medium: 'sm:max-w-xl', large: 'sm:max-w-2xl', wide: 'sm:max-w-5xl' } as const;

export interface DialogProps {
  readonly open: boolean;
  /** Somebody wants to leave (Escape, the cross, outside). The owner may ask first, and closes by `open`. */
  readonly onClose: () => void;
  readonly title: string;
  /** What leaving loses, in a sentence: once something has been typed, leaving asks first. */
  readonly discards?: string;
  /** What it shows is shown this once: a click outside, which may be a slip, does not close it. */
  readonly isOnce?: boolean;
  readonly description?: ReactNode;
  /** Stays in sight under the scrolling body: results and actions. */
  readonly footer?: ReactNode;
  readonly width?: keyof typeof widths;
  /** What has the focus first; otherwise the first control. */
  readonly initialFocus?: RefObject<HTMLElement | null> | (() => HTMLElement | null);
  readonly children: ReactNode;
}

/** A task over the page. Focus goes in, stays in, and returns to where it came from. */
export function Dialog(props: DialogProps) {
  const { open, onClose, title, discards, isOnce = false, description, footer, width = 'medium', initialFocus, children } = props;
  const isTyped = useRef(false);
  const [asking, setAsking] = useState(false);
  const leave = () => (discards !== undefined && isTyped.current ? setAsking(true) : onClose());
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => !next && leave()} disablePointerDismissal={isOnce}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Viewport className="fixed inset-0 z-40 flex items-end justify-center sm:items-center sm:p-4">
          <BaseDialog.Popup
            onInput={({ target }) => {
              isTyped.current ||= isTextField(target);
            }}
            {...(initialFocus ? { initialFocus } : {})}
            className={classNames(
              'flex max-h-[100dvh] w-full flex-col overflow-hidden rounded-t-xl border border-line bg-bg shadow-popup outline-none sm:max-h-[calc(100dvh-2rem)] sm:rounded-xl',
              'transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0',
              widths[width],
            )}
          >
            <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
              <div>
                <BaseDialog.Title className="font-semibold text-base">{title}</BaseDialog.Title>
                {description && <BaseDialog.Description className="text-[13px] text-muted">{description}</BaseDialog.Description>}
              </div>
              <BaseDialog.Close aria-label="Close" className="-mr-1.5 flex size-8 items-center justify-center rounded-lg hover:bg-hover">
                <X aria-hidden className="size-4" />
              </BaseDialog.Close>
            </header>
            <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
            {footer && <footer className="border-line border-t bg-panel px-5 py-3">{footer}</footer>}
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
      {discards !== undefined && (
        <ConfirmDialog
          open={asking}
          title="Discard what you have typed?"
          action="Discard"
          danger
          onConfirm={onClose}
          onCancel={() => setAsking(false)}
        >
          {discards}
        </ConfirmDialog>
      )}
    </BaseDialog.Root>
  );
}

const choices = new Set(['radio', 'checkbox', 'file']);

function isTextField(target: EventTarget): boolean {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !choices.has(target.type));
}
