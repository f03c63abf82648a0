/** What text of bills may not hold, as the database stores no such text: NUL, and halves of characters. */
export const unstorable =
  'a character that no text may hold, NUL or half of one; write it without';

/** Whether the database can store a text. */
export const isStorable = (text: string): boolean =>
  text.isWellFormed() && !text.includes('\0');

/** A text that can be stored, whatever was quoted or cut in it. */
export const storable = (text: string): string =>
  text.toWellFormed().replaceAll('\0', '\ufffd');
