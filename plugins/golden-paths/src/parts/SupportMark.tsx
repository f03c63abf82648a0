import type { Support } from '@waymark/plugin-golden-paths-common';
import { dateText } from '@waymark/plugin-parts-react';
import { StateMark } from './StateMark';
import { supportStates } from './states';

/** How long a version is supported. */
export function SupportMark({
  support: { state, until },
}: {
  support: Support;
}) {
  const { text, tone } = supportStates[state];
  return (
    <StateMark
      words={{
        tone,
        text:
          until && state === 'deprecated'
            ? `Supported until ${dateText(until, 'UTC')}`
            : text,
      }}
    />
  );
}
