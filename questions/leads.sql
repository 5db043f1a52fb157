-- order = 49
-- title = { en = "Functions with two leads or none", fr = "Fonctions à double responsable ou sans responsable", ar = "وظائف بقائدين أو بلا قائد" }
-- why = { en = "Where two lead, they get in each other’s way; where none does, nobody answers.", fr = "Où deux dirigent, ils se gênent ; où aucun ne dirige, personne ne répond.", ar = "حيث يقود اثنان يتعارضان، وحيث لا يقود أحد لا يُسأل أحد." }
-- [rule]
-- en = "Functions of the country on the day, or of every country with assignments on record: several actors lead; somebody contests it; no lead is on record, which is not the same as none. The question on functions shows all."
-- fr = "Fonctions du pays au jour dit, ou de chaque pays ayant des attributions enregistrées : plusieurs acteurs dirigent ; quelqu’un conteste ; aucun responsable n’est enregistré, ce qui ne veut pas dire aucun. La question sur les fonctions montre tout."
-- ar = "وظائف البلد في اليوم، أو كل بلد له إسنادات مسجلة: تقودها عدة جهات؛ أو متنازع عليها؛ أو لا قيادة مسجلة، وهذا غير انعدامها. وسؤال الوظائف يعرض الكل."
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
  select a.country, s.function, s.actor, coalesce(a.acronym, s.actor_name) as name, s.role
  from assignment s join actor a on a.record = s.actor where a.country is not null and (:country = '' or a.country = :country)
),
place as materialized (
  select distinct country from (select :country as country where :country <> '' union all select country from held) as named
),
found as (
  select country, function, count(distinct case when role = 'lead' then actor end) as leads, max(role = 'contested') as contested,
    group_concat(distinct case when role in ('lead', 'contested') then name end) as names
  from held group by country, function
)
select p.country, c.code as security_function,
  case when coalesce(f.leads, 0) > 1 then 'several' when f.contested = 1 then 'contested' else 'none' end as lead_found, coalesce(f.leads, 0) as leads,
  replace(f.names, ',', '; ') as lead_names, 1 as items
from place p cross join code c
left join found f on f.country = p.country and f.function = c.code
where c.list = 'security_function' and c.code <> 'unspecified' and (coalesce(f.leads, 0) <> 1 or f.contested = 1)
order by p.country, case when coalesce(f.leads, 0) > 1 then 1 when f.contested = 1 then 2 else 3 end, c.position
