/** What text of bills may not hold, as the database stores no such text: NUL, and halves of characters. */
export const unstorable =
  'a character that no text may hold, NUL or half of one; write it without';

/** Whether the database can store a text. */
export const isStorable = (text: string): boolean =>
  !text.includes('\0') && !/\p{Cs}/u.test(text);

/** A text that can be stored, whatever was quoted or cut in it. */
export const storable = (text: string): string =>
  text.replaceAll('\0', '\ufffd').replace(/\p{Cs}/gu, '\ufffd');
