import { useApi } from '@backstage/frontend-plugin-api';
import { Button, TextAreaField } from '@backstage/ui';
import type {
  HistoryEntry,
  RequestDetail,
} from '@waymark/plugin-infrastructure-common';
import { Failure, Panel, timeText, useDeed } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { infrastructureApiRef } from '../api/InfrastructureApi';
import { useKey } from '../api/useKey';
import { Named } from '../parts/Named';
import { Who } from '../parts/Who';
import { spoken } from '../words/spoken';
import { EarlierHistory, useHistory } from './EarlierHistory';
import styles from './Request.module.css';

function Entry({ entry }: { entry: HistoryEntry }) {
  const { at, action, by, text } = entry;
  return (
    <li>
      <span className={styles.time}>{timeText(at)}</span>{' '}
      <strong>{spoken(action)}</strong>
      {by && (
        <>
          {' by '}
          <Who by={by} />
        </>
      )}
      {text && (
        <p className={styles.quote}>
          <Named text={text} />
        </p>
      )}
    </li>
  );
}

/** All that happened to a request, and the way to say something about it. */
export function HistoryPanel(props: {
  request: RequestDetail;
  onCommented: () => void;
}) {
  const { request, onCommented } = props;
  const api = useApi(infrastructureApiRef);
  const keyOf = useKey();
  const history = useHistory(request);
  const deed = useDeed();
  const [text, setText] = useState('');
  const send = () =>
    deed.run(async () => {
      const said = text.trim();
      await api.comment(
        request.id,
        said,
        // The same words said twice are two comments.
        keyOf([request.id, request.history.at(-1)?.number ?? 0, said]),
      );
      setText('');
      onCommented();
    });
  return (
    <Panel title="History">
      <EarlierHistory id={request.id} history={history} />
      <ol className={styles.list}>
        {history.items.map(entry => (
          <Entry key={entry.number} entry={entry} />
        ))}
      </ol>
      <div className={styles.form}>
        <TextAreaField
          label="Say something"
          description="Everybody who looks at the request reads it."
          value={text}
          onChange={setText}
          maxLength={2000}
        />
        {deed.error && <Failure title="It was not said" error={deed.error} />}
        <div className={styles.buttons}>
          <Button
            variant="secondary"
            isPending={deed.isPending}
            isDisabled={!text.trim()}
            onPress={send}
          >
            Comment
          </Button>
        </div>
      </div>
    </Panel>
  );
}
