/**
 * The parts that the pages of several plugins are made of: lists, panels,
 * failures, answers that follow what happens, and pickers of entities.
 *
 * @packageDocumentation
 */
export { useAddress, withParams, type Address } from './address/useAddress';
export { useDeed, type Deed } from './deeds/useDeed';
export { EntityCombobox } from './entities/EntityCombobox';
export type { EntityQuery } from './entities/useEntityChoices';
export {
  ExceptionList,
  exceptionFilter,
  type ExceptionFilter,
  type ExceptionStates,
} from './exceptions/ExceptionList';
export { answered, fetchWith } from './http/answered';
export { useAnswer, type Asked } from './live/useAnswer';
export { useAskingAgain } from './live/useAskingAgain';
export { useLive, type Live } from './live/useLive';
export { useSettled } from './live/useSettled';
export { pageOfParts } from './pages/pageOfParts';
export { Choice } from './parts/Choice';
export { CopyButton } from './parts/CopyButton';
export { DataTable, type Column } from './parts/DataTable';
export { DayField, dayIn } from './parts/DayField';
export { EntityName } from './parts/EntityName';
export { Failure } from './parts/Failure';
export { ListPage } from './parts/ListPage';
export { Mark, type Tone } from './parts/Mark';
export { MyTeams } from './parts/MyTeams';
export { NothingKnown } from './parts/NothingKnown';
export { offsetOf, Pages } from './parts/Pages';
export { Panel } from './parts/Panel';
export { save } from './parts/save';
export { TextFilter } from './parts/TextFilter';
export { count, duration, figure } from './words/numbers';
export { dateText, periodText, shortDay, timeText } from './words/times';
