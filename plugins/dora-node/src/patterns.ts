/**
 * Whether a name fits a pattern in which `*` stands for any characters. Letter
 * case does not matter.
 */
export function fitsPattern(name: string, pattern: string): boolean {
  const pieces = pattern
    .toLowerCase()
    .split('*')
    .map(piece => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('.*')}$`, 's').test(name.toLowerCase());
}
