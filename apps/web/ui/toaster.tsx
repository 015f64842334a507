import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { onToast, takeToasts } from './toast.ts';

const manager = Toast.createToastManager<{ tone: 'ok' | 'bad' }>();

function showWaiting(): void {
  for (const { title, description, tone = 'ok' } of takeToasts()) {
    manager.add({
      title,
      description,
      data: { tone },
      priority: tone === 'bad' ? 'high' : 'low',
      timeout: tone === 'bad' ? 10_000 : 5_000,
    });
  }
}

/** Shows the toasts that wait, and those that come. */
export default function Toaster() {
  useEffect(() => {
    showWaiting();
    return onToast(showWaiting);
  }, []);
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-45 flex w-[calc(100vw-2rem)] max-w-sm flex-col gap-2">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { toasts } = Toast.useToastManager<{ tone: 'ok' | 'bad' }>();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-lg border border-line bg-raised shadow-popup transition-opacity duration-150 data-ending-style:opacity-0 data-limited:hidden data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start gap-3 p-3">
        <span aria-hidden className={`mt-1.5 size-2 shrink-0 rounded-full ${toast.data?.tone === 'bad' ? 'bg-bad' : 'bg-ok'}`} />
        <div className="min-w-0 flex-1">
          <Toast.Title className="font-medium text-[13px]" />
          <Toast.Description className="break-words text-[13px] text-muted" />
        </div>
        <Toast.Close aria-label="Dismiss" className="flex size-6 items-center justify-center rounded-md text-muted hover:bg-hover">
          <X aria-hidden className="size-3.5" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
