-- order = 21
-- title = { en = "Chain of command", fr = "Chaîne de commandement", ar = "سلسلة القيادة" }
-- why = { en = "Support to a unit concerns everybody above it.", fr = "L’appui à une unité concerne tous ceux qui sont au-dessus d’elle.", ar = "دعم وحدة يعني كل من فوقها." }
-- [rule]
-- en = "From the unit upwards by “is part of” and “commands”, as they hold on the day of validity. Commanders are shown to readers who may see them."
-- fr = "De l’unité vers le haut par « fait partie de » et « commande », au jour de validité. Les commandants sont montrés aux lecteurs habilités."
-- ar = "من الوحدة صعودًا بعلاقتي «جزء من» و«يقود» في يوم السريان. ويظهر القادة لمن يجوز له الاطلاع."
-- [[parameter]]
-- name = "actor"
-- label = { en = "Actor (name or identifier)", fr = "Acteur (nom ou identifiant)", ar = "الجهة (الاسم أو المعرّف)" }
with recursive edge as materialized (
  select subject as child, object as parent, object_name as parent_name, relation, classification, confirmed, first_cited, valid_from,
    last_cited, valid_to, source
  from relation where relation = 'part_of'
  union all
  select object, subject, subject_name, relation, classification, confirmed, first_cited, valid_from, last_cited, valid_to, source
  from relation where relation = 'commands'
),
chain as (
  select record, 0 as level, '/' || record || '/' as path, null as below from actor
  where record = :actor or lower(name) = lower(:actor) or lower(acronym) = lower(:actor)
  union all
  select e.parent, c.level + 1, c.path || e.parent || '/', c.record
  from chain c join edge e on e.child = c.record
  where instr(c.path, '/' || e.parent || '/') = 0 and c.level < 40
)
select c.level, c.record as actor, coalesce(a.name, e.parent_name, c.record) as actor_name, a.classification, e.relation, e.classification as relation_classification,
  coalesce(e.valid_from, e.first_cited) as since, coalesce(e.valid_to, e.last_cited) as last_known, e.confirmed, e.source,
  (select group_concat(p.person_name || coalesce(' (' || p.rank || ')', ''), '; ') from posting p where p.actor = c.record and lower(p.role) like '%command%') as commanders
from chain c
left join actor a on a.record = c.record
left join edge e on e.child = c.below and e.parent = c.record
order by c.level, c.path
