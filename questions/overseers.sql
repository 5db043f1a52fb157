-- order = 25
-- group = "oversight"
-- needs = ["actor"]
-- instead = ["chain"]
-- title = { en = "Who oversees it", fr = "Qui le contrôle", ar = "من يراقبها" }
-- why = { en = "A power that is not used is none.", fr = "Un pouvoir qui ne s’exerce pas n’en est pas un.", ar = "سلطة لا تُمارس ليست سلطة." }
-- parts = ["exercised", "hindered", "asked_body"]
-- [rule]
-- en = "Powers of oversight over a body, and over what it is part of, as they hold on the day of validity; the body’s own first. A power whose exercise was last told more than a year before the day, or without a day, is not confirmed; neither is one that was dormant or blocked when it was last told of more than a year before. Where nothing stands here, no source on file names an overseer: that nobody oversees it is not said."
-- fr = "Pouvoirs de contrôle sur un organe et sur ce dont il fait partie, au jour de validité ; les siens d’abord. Un pouvoir dont l’exercice a été rapporté pour la dernière fois plus d’un an avant ce jour, ou sans date, n’est pas confirmé ; ni celui qui était en sommeil ou bloqué lorsqu’on en a parlé pour la dernière fois il y a plus d’un an. Si rien ne figure ici, aucune source ne nomme de contrôleur : cela ne dit pas qu’il n’y en a pas."
-- ar = "سلطات الرقابة على الجهة وعلى ما تتبعه في يوم السريان؛ ما يخصها أولًا. والصلاحية التي ذُكرت ممارستها آخر مرة قبل أكثر من سنة من ذلك اليوم، أو بلا يوم، غير مؤكدة؛ وكذلك ما كان معطلًا أو محظورًا حين ذُكر آخر مرة قبل أكثر من سنة. وإن لم يظهر شيء هنا فلا مصدر يسمّي جهة رقابية، وهذا لا يعني أن لا أحد يراقبها."
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Actor (name or identifier)", fr = "Acteur (nom ou identifiant)", ar = "الجهة (الاسم أو المعرّف)" }
with above (record, level) as (
  select record, 0 from asked_body
  union
  select r.object, a.level + 1 from above a join relation r on r.subject = a.record and r.relation = 'part_of' where a.level < 20
),
body as materialized (select record, min(level) as level from above group by record)
select r.subject as overseer, r.subject_name as overseer_name, o.class as overseer_class, r.power, r.on_paper, case when r.in_practice = 'exercised' and not e.still_exercised then 'not_confirmed'
    when not h.still_hindered then r.in_practice || '_before' else r.in_practice end as in_practice,
  case when r.in_practice = 'exercised' then e.last_exercised end as last_exercised, r.legal_basis,
  r.object as service, r.object_name as service_name, r.source, r.url
from body b join relation r on r.object = b.record and r.relation = 'oversees'
left join actor o on o.record = r.subject
left join exercised e on e.record = r.record
left join hindered h on h.record = r.record and h.in_practice = r.in_practice
order by b.level, r.in_practice is not 'exercised', coalesce(e.still_exercised, 0) desc, overseer_name, r.power
