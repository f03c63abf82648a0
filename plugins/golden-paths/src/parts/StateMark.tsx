import {
  RiAlertLine,
  RiCheckLine,
  RiCloseCircleLine,
  RiLoader4Line,
  RiTimeLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import { Mark, type Tone } from '@waymark/plugin-parts-react';
import type { StateWords } from './states';

const icons: Record<Tone, RemixiconComponentType> = {
  positive: RiCheckLine,
  negative: RiCloseCircleLine,
  warning: RiAlertLine,
  info: RiLoader4Line,
  plain: RiTimeLine,
};

/** How something is, in a word, a sign and a colour. */
export function StateMark({ words }: { words: StateWords }) {
  const { tone, text, Icon = icons[tone] } = words;
  return <Mark tone={tone} Icon={Icon} text={text} />;
}
