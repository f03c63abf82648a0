/**
 * The components that incidents have to do with, as SQL over `concerned`: their
 * own, those whose deployments they name or a person put them down to, and
 * those they are linked to so far.
 */
export const servicesOfIncidents = `
  select service_id from concerned
  union select d.service_id from concerned i
    join deployments d on d.external_id = i.caused_by_deployment
  union select d.service_id from concerned i
    join corrections c on c.incident_id = i.id and c.ended_at is null
    join deployments d on d.id = c.cause_id
  union select l.service_id from concerned i
    join incident_links l on l.incident_id = i.id`;
