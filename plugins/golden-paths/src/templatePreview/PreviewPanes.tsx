import { Text } from '@backstage/ui';
import type { Preview } from '@waymark/plugin-golden-paths-common';
import { useMemo, useState } from 'react';
import { FileContent } from './FileContent';
import { buildFileTree, catalogFile } from './fileTree';
import { FileTree } from './FileTree';
import styles from './TemplatePreview.module.css';

/** What a preview holds: its files on the left, one of them on the right. */
export function PreviewPanes({ preview }: { preview: Preview }) {
  const { files, omittedFiles, log } = preview;
  const nodes = useMemo(() => buildFileTree(files), [files]);
  const [chosen, setChosen] = useState(catalogFile);
  // What was chosen may be gone when the answers have changed.
  const shown = files.find(file => file.path === chosen) ?? files[0];
  const skipped = log.filter(entry => entry.status === 'skipped');

  if (!shown) return <Text>The template writes no files.</Text>;
  return (
    <>
      <Text as="p" color="secondary" className={styles.summary}>
        {files.length + omittedFiles} files will be written.
        {omittedFiles > 0 && ` The first ${files.length} are shown.`} Nothing is
        created before you say so.
      </Text>
      <div className={styles.panes}>
        <FileTree nodes={nodes} selected={shown.path} onSelect={setChosen} />
        <FileContent key={shown.path} file={shown} />
      </div>
      {skipped.length > 0 && (
        <ul className={styles.later} aria-label="What happens when you create">
          {skipped.map(entry => (
            <li key={entry.stepId}>{entry.message}</li>
          ))}
        </ul>
      )}
    </>
  );
}
