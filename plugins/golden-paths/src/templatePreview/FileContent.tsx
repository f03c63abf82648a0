import { Text } from '@backstage/ui';
import type { PreviewFile } from '@waymark/plugin-golden-paths-common';
import { catalogFile } from './fileTree';
import { formatSize } from './formatSize';
import styles from './TemplatePreview.module.css';

// What scrolls has to take the focus, or no keyboard can scroll it.
const scrollable = { tabIndex: 0 };

function Lines({ path, content }: { path: string; content: string }) {
  const lines = content.replace(/\n$/, '').split('\n');
  return (
    <pre
      className={styles.code}
      role="region"
      aria-label={`Content of ${path}`}
      {...scrollable}
    >
      <code>
        {lines.map((line, index) => (
          <span key={index} className={styles.line}>
            {line}
            {'\n'}
          </span>
        ))}
      </code>
    </pre>
  );
}

/** One file with its line numbers. */
export function FileContent({ file }: { file: PreviewFile }) {
  return (
    <section className={styles.file} aria-label={file.path}>
      <header className={styles.fileHeader}>
        <Text as="h3" variant="body-small" weight="bold" truncate>
          {file.path}
        </Text>
        <Text variant="body-small" color="secondary">
          {file.path === catalogFile
            ? 'Puts it into the catalog'
            : formatSize(file.size)}
        </Text>
      </header>
      {file.content === null ? (
        <div className={styles.nothing}>
          <Text color="secondary">
            Too large to show here, or not text ({formatSize(file.size)}).
          </Text>
        </div>
      ) : (
        <Lines path={file.path} content={file.content} />
      )}
    </section>
  );
}
