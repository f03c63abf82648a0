/** What text of bills may not hold, as the database stores no such text: NUL, and halves of characters. */
export const unstorable =
  'a character that no text may hold, NUL or half of one; write it without';

const noText = /[\0\p{Surrogate}]/u;

/** Whether the database can store a text. */
export const isStorable = (text: string): boolean => !noText.test(text);

/** A text that can be stored, whatever was quoted or cut in it. */
export const storable = (text: string): string =>
  text.replace(new RegExp(noText, 'gu'), '\ufffd');
