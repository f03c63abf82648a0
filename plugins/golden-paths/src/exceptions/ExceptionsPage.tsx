import {
  ExceptionList,
  exceptionFilter,
  useAddress,
} from '@waymark/plugin-parts-react';
import { exceptionStates } from '../parts/states';
import { ExceptionTable } from './ExceptionTable';
import { useExceptions } from './questions';

/** What need not follow, why, until when, and who decided. */
export function ExceptionsPage() {
  const { params, change } = useAddress();
  const filter = exceptionFilter(params, exceptionStates);
  const live = useExceptions(filter);
  return (
    <ExceptionList
      lead="What need not be on a golden path or on a supported version, for a reason and until a day. Owners ask on the page of their component; platform engineers decide."
      otherwise="every service counts"
      states={exceptionStates}
      filter={filter}
      live={live}
      change={change}
      table={rows => <ExceptionTable rows={rows} />}
    />
  );
}
