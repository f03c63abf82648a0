/** A file of a template, or of what it became; its path is relative, with slashes. */
export type TemplateFile = {
  path: string;
  content: Buffer;
  /** Whether it is a program. */
  executable: boolean;
};
