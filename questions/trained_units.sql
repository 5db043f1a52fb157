-- order = 33
-- group = "people"
-- made_of = ["training"]
-- parts = ["called", "trained", "named_parts"]
-- title = { en = "Units by the training that they received", fr = "Unités selon la formation reçue", ar = "الوحدات بحسب ما تلقّته من تدريب" }
-- why = { en = "Several supporters may train one unit again and again, and another never.", fr = "Plusieurs partenaires peuvent former la même unité encore et encore, et une autre jamais.", ar = "قد تدرّب جهات عدة وحدة واحدة مرارًا ولا تدرّب أخرى أبدًا." }
-- [rule]
-- en = "Trainings that began by the day, by the unit of the register that was trained, under the name that it has today. People trained add up over courses, so one person may count several times; beside the newest establishment of the unit, they say at most how much of it was trained. Women: of the courses that tell. What names no country is of the one that the workspace is about."
-- fr = "Formations commencées à la date, par unité du registre formée, sous son nom d’aujourd’hui. Les personnes formées s’additionnent sur les cours : une personne peut compter plusieurs fois ; rapportées au dernier tableau d’effectifs, elles disent au plus quelle part de l’unité fut formée. Femmes : des cours qui le disent. Ce qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "التدريبات التي بدأت حتى اليوم بحسب وحدة السجل التي تدرّبت وباسمها اليوم. يُجمع المتدربون عبر الدورات فقد يُحسب الشخص أكثر من مرة؛ ونسبتهم إلى أحدث ملاك للوحدة تدل على الحد الأعلى لما تدرّب منها. النساء: من الدورات التي تذكر ذلك. وما لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "unit"
-- label = { en = "Unit (name or identifier)", fr = "Unité (nom ou identifiant)", ar = "الوحدة (الاسم أو المعرّف)" }
with posts as materialized (
  select institution as actor, coalesce(total, people, women + men) as posts, row_number() over (partition by institution order by coalesce(day, cast(year as text)) desc, said_at desc, record desc) as nth
  from strength where list = 'establishment' and record not in (select record from named_parts) and rank_band is null and (sex is null or sex = 'total') and function is null and place is null and coalesce(day, cast(year as text)) <= :valid_on
)
select coalesce(d.today, t.unit) as unit, coalesce(e.name, t.unit_name, t.unit) as unit_name, coalesce(e.country, a.country, t.country, home_country()) as country,
  count(*) as trainings, count(distinct t.supporter_name) as trainers, sum(t.people) as people_trained, sum(t.women) as women, p.posts as establishment,
  round(1.0 * sum(t.people) / p.posts, 3) as trained_share, min(t.starts) as first_training, max(t.starts) as last_training,
  sum(t.record_link = 'by_name') as to_confirm, replace(replace(group_concat(distinct replace(t.supporter_name, ',', char(1))), ',', '; '), char(1), ',') as supporter_names
from trained t left join unit_today d on d.unit = t.unit left join actor a on a.record = t.unit left join actor e on e.record = d.today
left join posts p on p.actor = coalesce(d.today, t.unit) and p.nth = 1
where t.unit is not null and (:country = '' or coalesce(e.country, a.country, t.country, home_country()) = :country)
  and (:unit = '' or :unit in (t.unit, d.today) or folded(:unit) in (folded(t.unit_name), folded(e.name))
    or exists (select 1 from called c where c.called = folded(:unit) and c.record in (t.unit, d.today)))
group by coalesce(d.today, t.unit)
order by trainings desc, unit_name, unit
