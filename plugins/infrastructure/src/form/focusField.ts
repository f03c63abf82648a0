/** The id of the box around a field; problems and rules name fields by path. */
export function fieldId(path: string): string {
  return `field-${path}`;
}

/** The path of what a field is part of: `a.b[1]`, `a.b`, `a`. */
function parentOf(path: string): string {
  return path.slice(
    0,
    Math.max(path.lastIndexOf('.'), path.lastIndexOf('['), 0),
  );
}

/** Goes to a field, or to the nearest thing around it that the form has. */
export function focusField(path: string): void {
  for (let at = path; at; at = parentOf(at)) {
    const box = document.getElementById(fieldId(at));
    const input = box?.querySelector<HTMLElement>('input, textarea, button');
    if (input) {
      input.scrollIntoView?.({ block: 'center' });
      input.focus({ preventScroll: true });
      return;
    }
  }
}
