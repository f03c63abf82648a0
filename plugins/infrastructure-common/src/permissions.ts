import { createPermission } from '@backstage/plugin-permission-common';

/** May read offerings, requests and resources. */
export const infrastructureReadPermission = createPermission({
  name: 'infrastructure.read',
  attributes: { action: 'read' },
});

/** May ask for resources. Whoever asks must also belong to the group that is to own them. */
export const infrastructureRequestCreatePermission = createPermission({
  name: 'infrastructure.request.create',
  attributes: { action: 'create' },
});

/** May ask, change, remove, cancel and retry for groups they do not belong to. */
export const infrastructureRequestManagePermission = createPermission({
  name: 'infrastructure.request.manage',
  attributes: { action: 'update' },
});

/** May approve and reject, where the decision on the request names them. */
export const infrastructureRequestDecidePermission = createPermission({
  name: 'infrastructure.request.decide',
  attributes: { action: 'update' },
});

/** May see a secret output of a resource, where their group owns it. */
export const infrastructureSecretRevealPermission = createPermission({
  name: 'infrastructure.secret.reveal',
  attributes: { action: 'read' },
});

/** May read the whole audit trail. */
export const infrastructureAuditReadPermission = createPermission({
  name: 'infrastructure.audit.read',
  attributes: { action: 'read' },
});

/** May ask that a rule be let be, where their group owns what it is about. */
export const infrastructureExceptionCreatePermission = createPermission({
  name: 'infrastructure.exception.create',
  attributes: { action: 'create' },
});

/** May grant, refuse and revoke exceptions, where the platform team counts them in. */
export const infrastructureExceptionDecidePermission = createPermission({
  name: 'infrastructure.exception.decide',
  attributes: { action: 'update' },
});

/** May take over what was made elsewhere, and search for what has no record. */
export const infrastructureResourceImportPermission = createPermission({
  name: 'infrastructure.resource.import',
  attributes: { action: 'create' },
});

/** Every permission of this plugin. */
export const infrastructurePermissions = [
  infrastructureReadPermission,
  infrastructureRequestCreatePermission,
  infrastructureRequestManagePermission,
  infrastructureRequestDecidePermission,
  infrastructureSecretRevealPermission,
  infrastructureAuditReadPermission,
  infrastructureExceptionCreatePermission,
  infrastructureExceptionDecidePermission,
  infrastructureResourceImportPermission,
];
