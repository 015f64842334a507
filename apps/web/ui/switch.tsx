import { Switch as BaseSwitch } from '@base-ui/react/switch';
import { useFieldControl } from './field.tsx';

export interface SwitchProps {
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  /** The name for screen readers where no `Field` or card gives one. */
  readonly label?: string;
  readonly labelledBy?: string;
  readonly describedBy?: string;
  /** It keeps the focus all the same, so that its description is found by keyboard. */
  readonly disabled?: boolean;
}

export function Switch({ checked, onCheckedChange, label, labelledBy, describedBy, disabled = false }: SwitchProps) {
  const control = useFieldControl();
  return (
    <BaseSwitch.Root
      {...control}
      checked={checked}
      onCheckedChange={onCheckedChange}
      readOnly={disabled}
      aria-disabled={disabled || undefined}
      {...(label ? { 'aria-label': label } : {})}
      {...(labelledBy ? { 'aria-labelledby': labelledBy } : {})}
      {...(describedBy ? { 'aria-describedby': describedBy } : {})}
      className="relative inline-flex h-5 w-8 shrink-0 items-center rounded-full bg-muted/50 p-0.5 transition-colors data-checked:bg-primary aria-disabled:opacity-50"
    >
      <BaseSwitch.Thumb className="size-4 rounded-full bg-white shadow-sm transition-transform data-checked:translate-x-3" />
    </BaseSwitch.Root>
  );
}
