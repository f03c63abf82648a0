/**
 * What people were told is known by when it came about, and no longer by the
 * plan: two failures in a row may have the same plan, or none.
 */
exports.up = async knex => {
  await knex.schema.alterTable('notices', table => {
    table.renameColumn('plan', 'occasion');
  });
  await knex.raw(
    `comment on column notices.occasion is 'When the request came into the state; of a comment its number'`,
  );
  // What was told of how things are now is not told again.
  await knex.raw(
    `update notices n set occasion = extract(epoch from q.changed_at)::text
      from requests q where q.id = n.request_id and q.state = n.state
        and n.occasion = coalesce(q.plan_id::text, '')`,
  );
};

exports.down = async knex => {
  await knex.raw(
    `update notices n set occasion = coalesce(q.plan_id::text, '')
      from requests q where q.id = n.request_id and q.state = n.state
        and n.occasion = extract(epoch from q.changed_at)::text
        and not exists (
          select from notices o where o.request_id = n.request_id
            and o.state = n.state and o.occasion = coalesce(q.plan_id::text, '')
        )`,
  );
  await knex.schema.alterTable('notices', table => {
    table.renameColumn('occasion', 'plan');
  });
};
