/** Puts the focus on a field of the inspector once it is there; `field` is named as in a problem. */
export function focusField(field: string | null): void {
  if (field === null) return;
  setTimeout(() => {
    const place = document.querySelector(`[data-field="${CSS.escape(field)}"]`);
    const control = place?.querySelector<HTMLElement>('input, textarea, button, [role="combobox"]');
    control?.focus();
    place?.scrollIntoView({ block: 'nearest' });
  });
}
