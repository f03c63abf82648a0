import { buildFileTree, type FileNode } from './fileTree';

function outline(nodes: FileNode[], depth = 0): string[] {
  return nodes.flatMap(node => [
    `${'  '.repeat(depth)}${node.name}${node.file ? '' : ` (${node.count})`}`,
    ...outline(node.children, depth + 1),
  ]);
}

function treeOf(...paths: string[]) {
  return buildFileTree(paths.map(path => ({ path, size: 0, content: '' })));
}

describe('buildFileTree', () => {
  it('puts the catalog file first, then folders, then files', () => {
    expect(
      outline(treeOf('a.txt', 'src/b.ts', 'src/a/x.ts', 'catalog-info.yaml')),
    ).toEqual([
      'catalog-info.yaml',
      'src (2)',
      '  a (1)',
      '    x.ts',
      '  b.ts',
      'a.txt',
    ]);
  });

  it('joins folders that hold one folder only', () => {
    expect(
      outline(treeOf('.github/workflows/ci.yaml', 'a/b/c/d', 'a/b/e/f')),
    ).toEqual([
      '.github/workflows (1)',
      '  ci.yaml',
      'a/b (2)',
      '  c (1)',
      '    d',
      '  e (1)',
      '    f',
    ]);
  });

  it('gives every node an id of its own', () => {
    expect(
      treeOf('a/a/a', 'a/b').flatMap(({ id, children }) => [
        id,
        ...children.map(child => child.id),
      ]),
    ).toEqual(['a/', 'a/a/', 'a/b']);
  });
});
