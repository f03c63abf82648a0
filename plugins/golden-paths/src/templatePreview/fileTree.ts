import type { PreviewFile } from '@waymark/plugin-golden-paths-common';

/** A folder or a file, as the tree shows it. */
export type FileNode = {
  /** The whole path, which is unique. */
  id: string;
  /** The last part of the path; several for folders that hold one folder only. */
  name: string;
  /** Undefined for a folder. */
  file?: PreviewFile;
  children: FileNode[];
  /** How many files there are in a folder, at any depth; 1 for a file. */
  count: number;
};

/** The file that the portal reads; people look for it first. */
export const catalogFile = 'catalog-info.yaml';

/** Folders before files, and what the catalog reads before all. */
export function buildFileTree(files: PreviewFile[]): FileNode[] {
  return build(
    files.map(file => ({ file, rest: file.path.split('/') })),
    '',
  );
}

type Placed = { file: PreviewFile; rest: string[] };

function build(placed: Placed[], prefix: string): FileNode[] {
  const folders = new Map<string, Placed[]>();
  const nodes: FileNode[] = [];
  for (const { file, rest } of placed) {
    const [name, ...below] = rest;
    if (below.length === 0) {
      nodes.push({ id: file.path, name, file, children: [], count: 1 });
    } else {
      folders.set(name, [...(folders.get(name) ?? []), { file, rest: below }]);
    }
  }
  for (const [name, inside] of folders) {
    nodes.push(foldered(name, build(inside, `${prefix}${name}/`), prefix));
  }
  return nodes.sort(compare);
}

function foldered(
  name: string,
  children: FileNode[],
  prefix: string,
): FileNode {
  const [only] = children;
  // A folder that only leads to another folder takes no line of its own.
  if (children.length === 1 && !only.file) {
    return { ...only, name: `${name}/${only.name}` };
  }
  return {
    id: `${prefix}${name}/`,
    name,
    children,
    count: children.reduce((sum, child) => sum + child.count, 0),
  };
}

function rank(node: FileNode): number {
  if (node.id === catalogFile) return 0;
  return node.file ? 2 : 1;
}

function compare(one: FileNode, other: FileNode): number {
  return rank(one) - rank(other) || one.name.localeCompare(other.name, 'en');
}
