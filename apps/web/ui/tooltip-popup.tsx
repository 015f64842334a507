import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';

export interface TooltipPopupProps {
  readonly text: ReactNode;
  readonly anchor: Element;
  readonly onClose: () => void;
}

export default function TooltipPopup({ text, anchor, onClose }: TooltipPopupProps) {
  return (
    <BaseTooltip.Root open onOpenChange={(open) => !open && onClose()}>
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner anchor={anchor} sideOffset={6} className="z-60">
          <BaseTooltip.Popup className="max-w-72 rounded-md bg-fg px-2.5 py-1.5 text-[13px] text-bg shadow-popup">{text}</BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
