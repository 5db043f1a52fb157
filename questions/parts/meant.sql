-- Which institutions may be meant by the parameter `actor`, by identifier, title, name or acronym: figures of all others are passed by before
-- anything of them is looked up.
meant as materialized (
  select :actor as record
  union select record from statement where kind = 'actor' and current = 1 and folded(title) = folded(:actor)
  union select record from actor where folded(:actor) in (folded(name), folded(acronym))
)
