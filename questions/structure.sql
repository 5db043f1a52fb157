-- order = 20
-- group = "who"
-- made_of = ["relation"]
-- title = { en = "Structure", fr = "Structure", ar = "الهيكل" }
-- why = { en = "Who is part of whom on a day: names, parents and commands change, and a chart in a drawer does not.", fr = "Qui fait partie de qui un jour donné : les noms, rattachements et commandements changent, un organigramme dans un tiroir non.", ar = "من يتبع من في يوم معيّن: الأسماء والتبعية والقيادة تتغير." }
-- [rule]
-- en = "Actors with the one that they are part of, or that commands them, or, where they are part of nobody, that manages them, on the day of validity. “Not confirmed” means: last cited before this day, and nobody says that it ended. An actor with two parents stands under each. An institution that names no country is of the one that the workspace is about."
-- fr = "Acteurs avec celui dont ils font partie, qui les commande ou, s’ils ne font partie de personne, qui les administre, au jour de validité. « Non confirmé » : cité pour la dernière fois avant ce jour, et personne ne dit que cela a pris fin. Un acteur à deux rattachements figure sous chacun. Une institution qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "الجهات مع من تتبعه أو من يقودها، أو من يديرها إن لم تكن جزءًا من أحد، في يوم السريان. «غير مؤكد»: آخر ذكر له قبل هذا اليوم ولم يقل أحد إنه انتهى. وتظهر الجهة التابعة لاثنتين تحت كل منهما. والمؤسسة التي لا يُذكر بلدها هي من البلد الذي تُعنى به مساحة العمل."
-- [[draw]]
-- form = "tree"
-- [[draw]]
-- form = "graph"
-- title = { en = "Belonging, command and management", fr = "Appartenance, commandement et administration", ar = "التبعية والقيادة والإدارة" }
-- from = "parent_name"
-- to = "actor_name"
-- group = "relation"
-- note = "relation_classification"
-- confirmed = "confirmed"
-- unit = { en = "Lines that hold on the day", fr = "Liens en vigueur au jour", ar = "العلاقات القائمة في اليوم" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Actor (name or identifier)", fr = "Acteur (nom ou identifiant)", ar = "الجهة (الاسم أو المعرّف)" }
with recursive edge as materialized (
  select subject as child, object as parent, min(relation) as relation, max(classification) as relation_classification, max(confirmed) as confirmed, max(source) as source
  from relation where relation = 'part_of' group by subject, object
  union all
  select object, subject, 'commands', max(classification), max(confirmed), max(source) from relation r where relation = 'commands'
    and not exists (select 1 from relation p where p.relation = 'part_of' and p.subject = r.object and p.object = r.subject)
  group by object, subject
  union all
  select object, subject, 'manages', max(classification), max(confirmed), max(source) from relation r where relation = 'manages'
    and not exists (select 1 from relation p where p.relation = 'part_of' and p.subject = r.object)
  group by object, subject
),
unit as materialized (select record, name, acronym, class, classification, coalesce(country, home_country()) as country, confirmed,
  coalesce(ordered(name), '') || char(1) || ordered(record) || char(1) as place from actor where class is null or class not in ('mission', 'organisation', 'donor')),
tree as (
  select u.record, null as parent, 0 as level, '/' || u.record || '/' as path, place
  from unit u
  where case when :actor <> '' then u.record = :actor or lower(u.name) = lower(:actor) or lower(u.acronym) = lower(:actor)
    else (:country = '' or u.country = :country) and not exists (select 1 from edge e join unit p on p.record = e.parent where e.child = u.record) end
  union all
  select e.child, e.parent, t.level + 1, t.path || e.child || '/', t.place || u.place
  from tree t join edge e on e.parent = t.record join unit u on u.record = e.child
  where instr(t.path, '/' || e.child || '/') = 0 and t.level < 40
)
select t.level, t.record as actor, u.name as actor_name, u.acronym, u.class as actor_class, u.classification, t.parent,
  p.name as parent_name, e.relation, e.relation_classification, coalesce(e.confirmed, u.confirmed) as confirmed, e.source, t.path
from tree t
join unit u on u.record = t.record
left join unit p on p.record = t.parent
left join edge e on e.child = t.record and e.parent = t.parent
order by t.place
