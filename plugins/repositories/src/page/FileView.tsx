import { MarkdownContent } from '@backstage/core-components';
import type { BrowsedFile } from '@waymark/plugin-repositories-common';
import { formatSize } from './formatSize';
import { imageFrom, linkFrom, nameOf } from './links';
import styles from './Repository.module.css';

const reasons = {
  binary: 'It is not text: clone the repository to use it.',
  'too-large': 'It is too large to be shown: clone the repository to read it.',
};

function Text(props: { at: { name: string; ref: string }; file: BrowsedFile }) {
  const { at, file } = props;
  if (file.text === undefined) {
    return (
      <p className={styles.note}>{reasons[file.withheld ?? 'too-large']}</p>
    );
  }
  if (file.text === '') return <p className={styles.note}>It is empty.</p>;
  if (/\.md$/i.test(file.path)) {
    return (
      <div className={styles.prose}>
        <MarkdownContent
          content={file.text}
          dialect="gfm"
          transformLinkUri={href => linkFrom(at, file.path, href)}
          transformImageUri={imageFrom}
        />
      </div>
    );
  }
  return <pre className={styles.code}>{file.text.replace(/\n$/, '')}</pre>;
}

/** A file: a document as it is read, any other text as it is written. */
export function FileView(props: {
  at: { name: string; ref: string };
  file: BrowsedFile;
}) {
  const name = nameOf(props.file.path);
  return (
    <section className={styles.file} aria-label={name}>
      <header className={styles.fileHead}>
        <h2>{name}</h2>
        <span className={styles.note}>{formatSize(props.file.size)}</span>
      </header>
      <Text {...props} />
    </section>
  );
}
