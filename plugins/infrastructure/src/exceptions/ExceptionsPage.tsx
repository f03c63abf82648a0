import {
  ExceptionList,
  exceptionFilter,
  TextFilter,
  useAddress,
} from '@waymark/plugin-parts-react';
import { useExceptions } from '../live/guardrails';
import { exceptionStates } from '../words/guardrails';
import { ExceptionTable } from './ExceptionTable';

/** What rules are let be, for what and until when. */
export function ExceptionsPage() {
  const { params, change } = useAddress();
  const filter = exceptionFilter(params, exceptionStates);
  const rule = params.get('rule') || undefined;
  const live = useExceptions({
    ...filter,
    state: filter.state && [filter.state],
    rule,
  });
  return (
    <ExceptionList
      lead="What rules are let be, for what, why and until when. One is asked for where a rule denies something; the platform team decides."
      otherwise="every rule holds for everything"
      states={exceptionStates}
      filter={filter}
      more={{
        fields: (
          <TextFilter
            label="Rule"
            placeholder="any"
            value={rule ?? ''}
            onChange={value => change({ rule: value, offset: undefined })}
          />
        ),
        isSet: rule !== undefined,
      }}
      live={live}
      change={change}
      table={rows => <ExceptionTable rows={rows} />}
    />
  );
}
