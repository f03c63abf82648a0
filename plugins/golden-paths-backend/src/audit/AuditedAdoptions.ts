import type { AuditorService } from '@backstage/backend-plugin-api';
import type { AdoptionRequest } from '@waymark/plugin-golden-paths-common';
import type { Adoptions } from '../adoptions/Adoptions';
import type { Caller } from '../caller';
import { audited } from './audited';

/** Writes down who brought which repository under which golden path. */
export class AuditedAdoptions implements Adoptions {
  readonly #adoptions: Adoptions;
  readonly #auditor: AuditorService;

  constructor(adoptions: Adoptions, auditor: AuditorService) {
    this.#adoptions = adoptions;
    this.#auditor = auditor;
  }

  preview(request: AdoptionRequest, caller: Caller) {
    return this.#adoptions.preview(request, caller);
  }

  adopt(request: AdoptionRequest, caller: Caller) {
    // Answers are left out: they are in the repository, and may be long.
    const { entityRef, template } = request;
    return audited(
      this.#auditor,
      'golden-path-adopt',
      { asked: { entityRef, template }, caller },
      () => this.#adoptions.adopt(request, caller),
      ({ repository, version, branch }) => ({ repository, version, branch }),
    );
  }
}
