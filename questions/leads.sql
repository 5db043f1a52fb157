-- order = 49
-- group = "who"
-- made_of = ["assignment"]
-- title = { en = "Functions with two leads or none", fr = "Fonctions à double responsable ou sans responsable", ar = "وظائف بقائدين أو بلا قائد" }
-- why = { en = "Where two lead, they get in each other’s way; where none does, nobody answers.", fr = "Où deux dirigent, ils se gênent ; où aucun ne dirige, personne ne répond.", ar = "حيث يقود اثنان يتعارضان، وحيث لا يقود أحد لا يُسأل أحد." }
-- [rule]
-- en = "Functions of the country on the day, or of every country with assignments on record: several actors lead; somebody contests it, whether or not one leads; nobody is on record as leading or contesting it, which is not the same as none. Who only contests does not lead. The question on functions shows all. An institution that names no country is of the one that the workspace is about."
-- fr = "Fonctions du pays au jour dit, ou de chaque pays ayant des attributions enregistrées : plusieurs acteurs dirigent ; quelqu’un conteste, qu’il y ait un responsable ou non ; personne n’est enregistré comme dirigeant ou contestant, ce qui ne veut pas dire personne. Qui ne fait que contester ne dirige pas. La question sur les fonctions montre tout. Une institution qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "وظائف البلد في اليوم، أو كل بلد له إسنادات مسجلة: تقودها عدة جهات؛ أو ينازع فيها أحد، قادها أحد أم لا؛ أو لا أحد مسجلًا قائدًا أو منازعًا، وهذا غير انعدامه. ومن ينازع فقط لا يقود. وسؤال الوظائف يعرض الكل. والمؤسسة التي لا يُذكر بلدها هي من البلد الذي تُعنى به مساحة العمل."
-- [[draw]]
-- form = "stacked"
-- label = "country"
-- group = "lead_found"
-- value = "items"
-- unit = { en = "Number of functions", fr = "Nombre de fonctions", ar = "عدد الوظائف" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with held as materialized (
  select coalesce(a.country, home_country()) as country, s.function, s.actor, coalesce(a.acronym, s.actor_name) as name, s.role, s.source, s.url
  from assignment s join actor a on a.record = s.actor where coalesce(a.country, home_country()) is not null and (:country = '' or coalesce(a.country, home_country()) = :country)
),
place as materialized (
  select distinct country from (select :country as country where :country <> '' union all select country from held) as named
),
found as (
  select country, function, count(distinct case when role = 'lead' then actor end) as leads, max(role = 'contested') as contested, max(url) as url
  from held where role in ('lead', 'contested') group by country, function
),
-- Who leads and who contests, each once, and the sources of both.
named as (
  select country, function, group_concat(case what when 'lead' then name end, '; ' order by name) as lead_names,
    group_concat(case what when 'contested' then name end, '; ' order by name) as contested_by, group_concat(case what when 'source' then name end, '; ' order by name) as sources
  from (
    select country, function, role as what, name from held where role in ('lead', 'contested')
    union select country, function, 'source', source from held where role in ('lead', 'contested')
  ) group by country, function
)
select p.country, c.code as security_function,
  case when coalesce(f.leads, 0) > 1 then 'several' when f.contested = 1 then 'contested' else 'none' end as lead_found, coalesce(f.leads, 0) as leads,
  n.lead_names, n.contested_by, n.sources as source, case when instr(n.sources, '; ') = 0 then f.url end as url, 1 as items
from place p cross join code c
left join found f on f.country = p.country and f.function = c.code
left join named n on n.country = p.country and n.function = c.code
where c.list = 'security_function' and c.code <> 'unspecified' and (coalesce(f.leads, 0) <> 1 or f.contested = 1)
order by p.country, case when coalesce(f.leads, 0) > 1 then 1 when f.contested = 1 then 2 else 3 end, c.position
