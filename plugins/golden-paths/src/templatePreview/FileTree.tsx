import {
  RiArrowRightSLine,
  RiFileTextLine,
  RiFolderLine,
  RiSignpostLine,
} from '@remixicon/react';
import { useState } from 'react';
import {
  Button,
  Collection,
  Tree,
  TreeItem,
  TreeItemContent,
  type Key,
} from 'react-aria-components';
import { catalogFile, type FileNode } from './fileTree';
import styles from './TemplatePreview.module.css';

function NodeIcon({ node }: { node: FileNode }) {
  if (node.id === catalogFile) return <RiSignpostLine size={16} aria-hidden />;
  return node.file ? (
    <RiFileTextLine size={16} aria-hidden />
  ) : (
    <RiFolderLine size={16} aria-hidden />
  );
}

function Node({ node }: { node: FileNode }) {
  return (
    <TreeItem
      id={node.id}
      textValue={
        node.file ? node.name : `${node.name}, ${node.count} files inside`
      }
      className={styles.node}
      data-catalog={node.id === catalogFile || undefined}
    >
      <TreeItemContent>
        <span className={styles.indent} />
        {node.file ? (
          <span className={styles.chevron} />
        ) : (
          <Button slot="chevron" className={styles.chevron}>
            <RiArrowRightSLine size={16} aria-hidden />
          </Button>
        )}
        <NodeIcon node={node} />
        <span className={styles.nodeName}>{node.name}</span>
        {!node.file && <span className={styles.count}>{node.count}</span>}
      </TreeItemContent>
      <Collection items={node.children}>
        {child => <Node node={child} />}
      </Collection>
    </TreeItem>
  );
}

/** The files as a tree: arrow keys move and open folders, Enter shows a file. */
export function FileTree(props: {
  nodes: FileNode[];
  selected: string | undefined;
  onSelect: (path: string) => void;
}) {
  const { nodes, selected, onSelect } = props;
  const [open, setOpen] = useState<Set<Key>>(new Set());

  const choose = (key: Key) => {
    const id = String(key);
    if (!id.endsWith('/')) {
      onSelect(id);
      return;
    }
    setOpen(current => {
      const next = new Set(current);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  };

  return (
    <Tree
      aria-label="Files"
      className={styles.tree}
      items={nodes}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={selected === undefined ? [] : [selected]}
      onSelectionChange={keys => {
        if (keys !== 'all') keys.forEach(choose);
      }}
      expandedKeys={open}
      onExpandedChange={setOpen}
    >
      {node => <Node node={node} />}
    </Tree>
  );
}
