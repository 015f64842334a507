import { Combobox } from '@base-ui/react/combobox';
import type { Model } from '@pipelines/contracts';
import { Check, ChevronsUpDown } from 'lucide-react';
import { CapabilityIcons } from '../../../ui/capability-icons.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { useFieldControl } from '../../../ui/field.tsx';
import { controlClass } from '../../../ui/input.tsx';
import { popupClass, popupItemClass } from '../../../ui/popup-classes.ts';
import { providerNames } from '../../../ui/provider-names.ts';
import { selectTriggerClass } from '../../../ui/select-props.ts';
import { groupModels, type ModelGroup } from './group-models.ts';

export interface ModelSelectProps {
  readonly slug: string | null;
  readonly models: readonly Model[];
  readonly onChange: (model: Model) => void;
  readonly placeholder: string;
}

/** Platform models, then custom ones; found by typing, told apart by what they can do. */
export function ModelSelect({ slug, models, onChange, placeholder }: ModelSelectProps) {
  const control = useFieldControl();
  const chosen = models.find((model) => model.slug === slug) ?? null;
  return (
    <Combobox.Root
      items={groupModels(models)}
      value={chosen}
      onValueChange={(model: Model | null) => model && onChange(model)}
      itemToStringLabel={(model: Model) => `${model.display_name} ${providerNames[model.provider]} ${model.slug}`}
      itemToStringValue={(model: Model) => model.slug}
      isItemEqualToValue={(one: Model, other: Model) => one.slug === other.slug}
    >
      <Combobox.Trigger {...control} className={selectTriggerClass}>
        <span className={classNames('truncate', !chosen && 'text-muted')}>{chosen?.display_name ?? slug ?? placeholder}</span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} className="z-50">
          <Combobox.Popup aria-label="Models" className={classNames(popupClass, 'w-(--anchor-width) min-w-72')}>
            <Combobox.Input aria-label="Search models" placeholder="Search models" className={controlClass} />
            <Combobox.Empty className="px-2 py-4 text-center text-muted empty:hidden">No model fits.</Combobox.Empty>
            <Combobox.List className="max-h-[min(20rem,var(--available-height))] overflow-y-auto">
              {(group: ModelGroup) => (
                <Combobox.Group key={group.label} items={group.items}>
                  <Combobox.GroupLabel className="px-2 pt-2 pb-1 text-muted text-xs">{group.label}</Combobox.GroupLabel>
                  <Combobox.Collection>
                    {(model: Model) => (
                      <Combobox.Item key={model.slug} value={model} className={popupItemClass}>
                        <span className="min-w-0 flex-1 truncate">{model.display_name}</span>
                        <span className="hidden text-muted text-xs min-[420px]:inline">{providerNames[model.provider]}</span>
                        {Object.values(model.capabilities).some(Boolean) && <CapabilityIcons capabilities={model.capabilities} />}
                        <Combobox.ItemIndicator>
                          <Check aria-hidden className="size-4" />
                        </Combobox.ItemIndicator>
                      </Combobox.Item>
                    )}
                  </Combobox.Collection>
                </Combobox.Group>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
