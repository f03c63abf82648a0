import type { MetricsAnswer } from '@waymark/plugin-dora-common';
import { Button } from '@backstage/ui';
import { RiEqualizerLine } from '@remixicon/react';
import { useState } from 'react';
import { periodText } from '@waymark/plugin-parts-react';
import type { Viewed } from '../view/useView';
import { definitionsText } from '../words/statements';
import { DefinitionsDialog } from './DefinitionsDialog';
import { PeriodChooser } from './PeriodChooser';
import styles from './ViewBar.module.css';

/** Which days are looked at, and by which definitions. */
export function ViewBar(props: { viewed: Viewed; answer?: MetricsAnswer }) {
  const { viewed, answer } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.bar}>
      <PeriodChooser viewed={viewed} />
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiEqualizerLine />}
        isDisabled={!answer}
        onPress={() => setOpen(true)}
      >
        Definitions
      </Button>
      <p className={styles.words}>
        {answer && (
          <>
            {periodText(answer.period, answer.definitions.timeZone)}
            {', compared with '}
            {periodText(answer.previousPeriod, answer.definitions.timeZone)}
            {' · '}
            {definitionsText(answer.definitions)}
          </>
        )}
      </p>
      {isOpen && answer && (
        <DefinitionsDialog
          viewed={viewed}
          definitions={answer.definitions}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}
