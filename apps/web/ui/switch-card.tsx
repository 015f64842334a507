import { type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';
import { Switch } from './switch.tsx';

export interface SwitchCardProps {
  readonly title: string;
  readonly description: ReactNode;
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

/** A switch with its meaning beside it; the whole card is clickable. */
export function SwitchCard({ title, description, checked, onCheckedChange, disabled = false }: SwitchCardProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control of this label
    <label
      className={classNames(
        'flex items-start gap-3 rounded-lg border p-3 transition-colors',
        checked ? 'border-primary/40 bg-accent/40' : 'border-control',
        disabled ? 'opacity-60' : 'cursor-pointer',
      )}
    >
      <Switch
        checked={checked}
        onCheckedChange={onCheckedChange}
        disabled={disabled}
        labelledBy={`${id}-title`}
        describedBy={`${id}-description`}
      />
      <span className="min-w-0">
        <span id={`${id}-title`} className="block font-medium text-[13px]">
          {title}
        </span>
        <span id={`${id}-description`} className="block text-muted text-xs">
          {description}
        </span>
      </span>
    </label>
  );
}
