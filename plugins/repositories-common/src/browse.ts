/** One entry of a folder of a repository. */
export type BrowsedEntry = {
  /** Its own name, without the folders above it. */
  name: string;
  /** From the repository's root. */
  path: string;
  type: 'file' | 'folder' | 'link' | 'submodule';
  /** In bytes; only files have one. */
  size?: number;
};

/** A folder, folders first. */
export type BrowsedFolder = {
  type: 'folder';
  /** The commit at which it was read. */
  commit: string;
  path: string;
  entries: BrowsedEntry[];
  /** Of the whole folder. */
  totalItems: number;
};

/** A file. It has no text when it is not text, or larger than is shown. */
export type BrowsedFile = {
  type: 'file';
  /** The commit at which it was read. */
  commit: string;
  path: string;
  /** In bytes. */
  size: number;
  /** Why there is no text. */
  withheld?: 'binary' | 'too-large';
  text?: string;
};

/** What stands at a path of a repository. */
export type Browsed = BrowsedFolder | BrowsedFile;

/** One change. */
export type Commit = {
  commit: string;
  author: string;
  /** ISO 8601. */
  committedAt: string;
  /** The first line of its message. */
  message: string;
};

/** A part of the changes, the newest first. */
export type CommitPage = { items: Commit[]; totalItems: number };

/** What is known of a repository without reading its files. */
export type RepositoryOverview = {
  name: string;
  description: string;
  defaultBranch: string;
  repositoryUrl: string;
  cloneUrl: string;
  /** The newest commit of the default branch. */
  head: Commit;
};
