import { Combobox } from '@base-ui/react/combobox';
import { type Model, routes } from '@pipelines/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Check, ChevronsUpDown } from 'lucide-react';
import { useState } from 'react';
import { callApi } from '../api-client.ts';
import { CapabilityIcons } from '../ui/capability-icons.tsx';
import { classNames } from '../ui/class-names.ts';
import { useFieldControl } from '../ui/field.tsx';
import { HealthWord } from '../ui/health-word.tsx';
import { controlClass } from '../ui/input.tsx';
import { popupClass, popupItemClass } from '../ui/popup-classes.ts';
import { providerNames } from '../ui/provider-names.ts';
import { selectTriggerClass } from '../ui/select-props.ts';
import { useSettled } from '../use-settled.ts';
import { groupModels, type ModelGroup } from './group-models.ts';

export interface ModelSelectProps {
  readonly slug: string | null;
  /** Those that are offered before anything is typed, and the chosen one; what is typed is searched for in all. */
  readonly models: readonly Model[];
  readonly onChange: (model: Model) => void;
  readonly placeholder: string;
  /** Which models fit; others are not offered. */
  readonly fits?: (model: Model) => boolean;
  /** It keeps the focus all the same. */
  readonly disabled?: boolean;
  /** The name for screen readers where no `Field` gives one. */
  readonly label?: string;
}

const anyModel = () => true;

/** Chat models: platform ones, then custom ones; found by typing, told apart by what they can do and how they do. */
export function ModelSelect({ slug, models, onChange, placeholder, fits = anyModel, disabled = false, label }: ModelSelectProps) {
  const control = useFieldControl();
  const [typed, setTyped] = useState('');
  const found = useFoundModels(typed);
  const chosen = models.find((model) => model.slug === slug) ?? null;
  const offered = [...new Map([...models, ...found].map((model) => [model.slug, model])).values()].filter(fits);
  return (
    <Combobox.Root
      items={groupModels(offered)}
      value={chosen}
      onValueChange={(model: Model | null) => model && onChange(model)}
      onInputValueChange={setTyped}
      onOpenChange={(open) => !open && setTyped('')}
      itemToStringLabel={(model: Model) =>
        `${model.display_name} ${providerNames[model.provider]} ${model.slug} ${model.provider_model_id}`
      }
      itemToStringValue={(model: Model) => model.slug}
      isItemEqualToValue={(one: Model, other: Model) => one.slug === other.slug}
      readOnly={disabled}
    >
      <Combobox.Trigger
        {...control}
        aria-disabled={disabled || undefined}
        {...(label ? { 'aria-label': label } : {})}
        className={selectTriggerClass}
      >
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
                        {model.health.word !== 'no_recent_calls' && <HealthWord health={model.health} />}
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

/** What the registry has for a text: however many models there are, those that match it. */
function useFoundModels(typed: string): readonly Model[] {
  const search = useSettled(typed.trim());
  const found = useQuery({
    queryKey: ['models', 'found', search],
    queryFn: ({ signal }) => callApi(routes.listModels, { query: { limit: 50, search, task: 'chat' }, signal }),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  });
  return search === '' ? noModels : (found.data?.data ?? noModels);
}

const noModels: readonly Model[] = [];
