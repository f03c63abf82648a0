/** A flag of an address: true, false, or not set. */
export function flagOf(text: string | null): boolean | undefined {
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}

/** What may be chosen for a flag. */
export const flags = (yes: string, no: string) => [
  { value: 'true', label: yes },
  { value: 'false', label: no },
];
