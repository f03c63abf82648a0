/** A part of a text: words, or the reference of an entity. */
export type TextPart = { text: string; isReference: boolean };

const reference =
  /\b((?:user|group|component|system|resource|domain|api):[a-z0-9][a-z0-9-]*\/[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*)/;

/**
 * Takes a text apart where it names entities by reference. What is written
 * down names people that way, since a name may change; people read names.
 */
export function partsOf(text: string): TextPart[] {
  return text
    .split(reference)
    .map((part, index) => ({ text: part, isReference: index % 2 === 1 }))
    .filter(part => part.text !== '');
}
