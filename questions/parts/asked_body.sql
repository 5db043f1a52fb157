-- The body that is asked about by the parameter `actor`, by what it is called: identifier, acronym or name, also of one that has ended.
asked_body as materialized (
  select record from statement where kind = 'actor' and current = 1 and :actor <> ''
    and (record = :actor or folded(json_extract(fields, '$.acronym')) = folded(:actor) or folded(json_extract(fields, '$.name')) = folded(:actor))
)
