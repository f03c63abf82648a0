import type { AuditorService } from '@backstage/backend-plugin-api';
import type {
  Exception,
  ExceptionsQuery,
  ExceptionVerdict,
  NewException,
} from '@waymark/plugin-golden-paths-common';
import type { Caller } from '../caller';
import type { Exceptions } from '../exceptions/Exceptions';
import { audited } from './audited';

const outcome = ({ id, entityRef, kind, state, until }: Exception) => ({
  id,
  entityRef,
  kind,
  state,
  until,
});

/** Writes down who asked for which exception and why, who decided, and who ended it. */
export class AuditedExceptions implements Exceptions {
  readonly #exceptions: Exceptions;
  readonly #auditor: AuditorService;

  constructor(exceptions: Exceptions, auditor: AuditorService) {
    this.#exceptions = exceptions;
    this.#auditor = auditor;
  }

  list(query: ExceptionsQuery, caller: Caller) {
    return this.#exceptions.list(query, caller);
  }

  find(id: string, caller: Caller) {
    return this.#exceptions.find(id, caller);
  }

  ask(wanted: NewException, caller: Caller) {
    return audited(
      this.#auditor,
      'exception-ask',
      { asked: { ...wanted }, caller },
      () => this.#exceptions.ask(wanted, caller),
      outcome,
    );
  }

  decide(id: string, verdict: ExceptionVerdict, caller: Caller) {
    return audited(
      this.#auditor,
      'exception-decide',
      { asked: { id, ...verdict }, caller },
      () => this.#exceptions.decide(id, verdict, caller),
      outcome,
    );
  }

  end(id: string, caller: Caller) {
    return audited(
      this.#auditor,
      'exception-end',
      { asked: { id }, caller },
      () => this.#exceptions.end(id, caller),
      outcome,
    );
  }
}
