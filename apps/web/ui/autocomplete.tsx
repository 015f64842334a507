import { Autocomplete as BaseAutocomplete } from '@base-ui/react/autocomplete';
import { type Ref, useState } from 'react';
import { classNames } from './class-names.ts';
import { useFieldControl } from './field.tsx';
import { controlClass } from './input.tsx';
import { popupClass, popupItemClass } from './popup-classes.ts';

export interface Suggestion {
  readonly value: string;
  /** A quieter word at the right, such as a name or a size. */
  readonly hint?: string | null;
}

export interface AutocompleteProps {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly suggestions: readonly Suggestion[];
  readonly placeholder?: string;
  readonly name?: string;
  readonly mono?: boolean;
  readonly onBlur?: () => void;
  readonly onFocus?: () => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/** Free text with suggestions: anything may be typed, known values are a key away. */
export function Autocomplete({
  value,
  onValueChange,
  suggestions,
  placeholder,
  name,
  mono = false,
  onBlur,
  onFocus,
  ref,
}: AutocompleteProps) {
  const control = useFieldControl();
  const [wantsList, setWantsList] = useState(false);
  const { contains } = BaseAutocomplete.useFilter();
  // An open list hides everything else from screen readers, so an empty one must not count as open. It opens once something comes.
  const isOpen = wantsList && suggestions.some((suggestion) => contains(suggestion.value, value));

  function change(text: string, reason: string) {
    // Escape closes the list. With none open it would empty the field, which nobody asked for.
    if (reason === 'escape-key') setWantsList(false);
    else onValueChange(text);
  }

  function leave() {
    if (!isOpen) setWantsList(false);
    onBlur?.();
  }
  return (
    <BaseAutocomplete.Root
      items={suggestions}
      open={isOpen}
      onOpenChange={setWantsList}
      value={value}
      onValueChange={(text, { reason }) => change(text, reason)}
      itemToStringValue={(item: Suggestion) => item.value}
      limit={50}
      openOnInputClick
    >
      <BaseAutocomplete.Input
        {...control}
        ref={ref}
        name={name}
        placeholder={placeholder}
        onBlur={leave}
        onFocus={onFocus}
        spellCheck={false}
        autoCapitalize="off"
        className={classNames(controlClass, mono && 'font-mono text-[13px]')}
      />
      <BaseAutocomplete.Portal>
        <BaseAutocomplete.Positioner sideOffset={4} className="z-50">
          <BaseAutocomplete.Popup className={classNames(popupClass, 'w-(--anchor-width) min-w-56 data-empty:hidden')}>
            <BaseAutocomplete.List className="max-h-[min(16rem,var(--available-height))] overflow-y-auto">
              {(item: Suggestion) => (
                <BaseAutocomplete.Item key={item.value} value={item} className={popupItemClass}>
                  <span className={classNames('min-w-0 flex-1 truncate', mono && 'font-mono text-[13px]')}>{item.value}</span>
                  {item.hint && <span className="shrink-0 text-muted text-xs">{item.hint}</span>}
                </BaseAutocomplete.Item>
              )}
            </BaseAutocomplete.List>
          </BaseAutocomplete.Popup>
        </BaseAutocomplete.Positioner>
      </BaseAutocomplete.Portal>
    </BaseAutocomplete.Root>
  );
}
