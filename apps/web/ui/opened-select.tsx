import { Select as BaseSelect } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { classNames } from './class-names.ts';
import { useFieldControl } from './field.tsx';
import { popupClass, popupItemClass } from './popup-classes.ts';
import { type SelectOption, type SelectProps, selectTriggerClass } from './select-props.ts';

/** A select with its list, open from the start. */
export default function OpenedSelect(props: SelectProps<string>) {
  const { value, onValueChange, options, placeholder = 'Choose…', label, disabled = false, className } = props;
  const control = useFieldControl();
  return (
    <BaseSelect.Root
      defaultOpen
      value={value}
      onValueChange={(next) => next !== null && onValueChange(next)}
      items={options}
      readOnly={disabled}
    >
      <BaseSelect.Trigger
        {...control}
        aria-disabled={disabled || undefined}
        {...(label ? { 'aria-label': label } : {})}
        className={classNames(selectTriggerClass, className)}
      >
        <BaseSelect.Value placeholder={placeholder} className="truncate data-placeholder:text-muted" />
        <BaseSelect.Icon>
          <ChevronsUpDown aria-hidden className="size-3.5 text-muted" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <BaseSelect.Popup className={classNames(popupClass, 'min-w-(--anchor-width)')}>
            <BaseSelect.List className="max-h-[min(20rem,var(--available-height))] overflow-y-auto">
              {groupOptions(options).map((group) => (
                <BaseSelect.Group key={group.name}>
                  {group.name && <BaseSelect.GroupLabel className="px-2 pt-2 pb-1 text-muted text-xs">{group.name}</BaseSelect.GroupLabel>}
                  {group.options.map((option) => (
                    <BaseSelect.Item key={option.value} value={option.value} className={popupItemClass}>
                      <BaseSelect.ItemText className="flex-1">{option.label}</BaseSelect.ItemText>
                      {option.hint && <span className="text-muted text-xs">{option.hint}</span>}
                      <span className="w-4">
                        <BaseSelect.ItemIndicator>
                          <Check aria-hidden className="size-4" />
                        </BaseSelect.ItemIndicator>
                      </span>
                    </BaseSelect.Item>
                  ))}
                </BaseSelect.Group>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}

function groupOptions(options: readonly SelectOption<string>[]) {
  const groups = new Map<string, SelectOption<string>[]>();
  for (const option of options) groups.set(option.group ?? '', [...(groups.get(option.group ?? '') ?? []), option]);
  return [...groups].map(([name, members]) => ({ name, options: members }));
}
