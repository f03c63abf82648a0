/** The id of the box around a field; problems and rules name fields by path. */
export function fieldId(path: string): string {
  return `field-${path}`;
}

/** Goes to a field, as far as the form has one. */
export function focusField(path: string): boolean {
  const box = document.getElementById(fieldId(path));
  const input = box?.querySelector<HTMLElement>('input, textarea, button');
  if (!box || !input) return false;
  box.scrollIntoView?.({ block: 'center' });
  input.focus({ preventScroll: true });
  return true;
}
