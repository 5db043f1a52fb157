-- order = 25
-- needs = ["actor"]
-- title = { en = "Who oversees it", fr = "Qui le contrôle", ar = "من يراقبها" }
-- why = { en = "A power that is not used is none.", fr = "Un pouvoir qui ne s’exerce pas n’en est pas un.", ar = "سلطة لا تُمارس ليست سلطة." }
-- [rule]
-- en = "Powers of oversight over a body, and over what it is part of, as they hold on the day of validity; the body’s own first."
-- fr = "Pouvoirs de contrôle sur un organe et sur ce dont il fait partie, au jour de validité ; les siens d’abord."
-- ar = "سلطات الرقابة على الجهة وعلى ما تتبعه في يوم السريان؛ ما يخصها أولًا."
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Actor (name or identifier)", fr = "Acteur (nom ou identifiant)", ar = "الجهة (الاسم أو المعرّف)" }
with recursive above (record, level) as (
  select record, 0 from actor where record = :actor or folded(name) = folded(:actor) or folded(acronym) = folded(:actor)
  union
  select r.object, a.level + 1 from above a join relation r on r.subject = a.record and r.relation = 'part_of' where a.level < 20
),
body as materialized (select record, min(level) as level from above group by record)
select r.subject as overseer, r.subject_name as overseer_name, o.class as overseer_class, r.power, r.on_paper, r.in_practice, r.legal_basis,
  r.object as service, r.object_name as service_name, r.source, r.url
from body b join relation r on r.object = b.record and r.relation = 'oversees'
left join actor o on o.record = r.subject
order by b.level, r.in_practice is not 'exercised', overseer_name, r.power
