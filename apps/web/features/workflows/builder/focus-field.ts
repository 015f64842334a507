const controls = 'input, textarea, button, [role="combobox"], [role="textbox"]';

/** Puts the focus on a field of the inspector once it is there; `field` is named as in a problem. */
export function focusField(field: string | null): void {
  if (field === null) return;
  setTimeout(() => {
    const place = document.querySelector(`[data-field="${CSS.escape(field)}"]`);
    const control = place?.querySelector<HTMLElement>(controls);
    control?.focus();
    place?.scrollIntoView({ block: 'nearest' });
  });
}

/** Puts the focus on the first control of the inspector once it shows the step. */
export function focusSettings(): void {
  setTimeout(() => document.querySelector('[data-settings]')?.querySelector<HTMLElement>(controls)?.focus());
}
