-- order = 29
-- group = "mandate"
-- below = ["reach"]
-- made_of = ["actor", "mandate"]
-- title = { en = "Missions at work", fr = "Les missions en place", ar = "البعثات العاملة" }
-- why = { en = "Before one speaks of coordination: who is there on the day, by whose mandate, until when, and with how many tasks of reform.", fr = "Avant de parler de coordination : qui est là au jour dit, par quel mandat, jusqu’à quand, avec combien de tâches de réforme.", ar = "قبل الحديث عن التنسيق: من موجود في اليوم، وبأي ولاية، وإلى متى، وبكم مهمة إصلاح." }
-- [rule]
-- en = "Actors of the class mission that hold on the day of validity: by the days of what is said of them, or else by their own start and end, or by a mandate that is in force and has an end. Until: the end of the mandate in force, else the last end that a source names; where that is past and no source says whether the mandate was renewed or the mission ended, a column says that this is not known. Mandated tasks are those that hold on the day; reported are the activities that documents tell of, up to the day, without plans, wishes and what was not done. Confirmed: a source says so for the day, or a mandate is in force whose end is still to come."
-- fr = "Acteurs de la catégorie mission valables au jour de validité : selon les jours de ce qui en est dit, sinon selon leurs propres début et fin, ou par un mandat en vigueur qui a une fin. Jusqu’au : la fin du mandat en vigueur, sinon la dernière fin qu’une source nomme ; si elle est passée et qu’aucune source ne dit si le mandat a été renouvelé ou la mission close, une colonne dit qu’on l’ignore. Les tâches mandatées valent au jour dit ; rapportées : les activités que relatent les documents jusqu’à ce jour, sans les projets, les souhaits ni ce qui n’a pas été fait. Confirmé : une source le dit pour ce jour, ou un mandat est en vigueur dont la fin est à venir."
-- ar = "جهات فئة البعثات السارية في يوم السريان: بحسب أيام ما يقال عنها، وإلا فبحسب بدايتها ونهايتها هي، أو بولاية سارية لها نهاية. إلى: نهاية الولاية السارية، وإلا فآخر نهاية يذكرها مصدر؛ وإن مضت ولم يقل مصدر هل جُددت الولاية أم انتهت البعثة قال عمود إن ذلك لا يُعرف. المهام المكلَّف بها هي السارية في اليوم؛ والمُبلَّغ عنها هي الأنشطة التي تذكرها الوثائق حتى اليوم بلا خطط ولا أمنيات ولا ما لم يُنجز. مؤكد: يقوله مصدر لذلك اليوم أو تسري ولاية لم تنته بعد."
-- [[draw]]
-- form = "timeline"
-- label = "actor_name"
-- group = "country"
-- start = "starts"
-- end = "ends"
-- first = "first_cited"
-- last = "last_cited"
-- unit = { en = "Missions from their start to the last end that a source names, years", fr = "Missions, de leur début à la dernière fin qu’une source nomme, années", ar = "البعثات من بدايتها إلى آخر نهاية يذكرها مصدر، بالسنوات" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with mandate_of as materialized (
  select mission, max(valid_to) as ends, max(confirmed and valid_to is not null) as in_force from mandate group by mission
),
tasked as materialized (
  select mission, count(*) as tasks from mandated_task group by mission
),
told as materialized (
  select mission, count(*) as reported, max(date) as last_reported from engagement
  where coalesce(mode, 'done') not in ('plan', 'negated', 'wish') and (date is null or date <= :valid_on) group by mission
)
select a.country, a.record as actor, coalesce(a.acronym, a.name) as actor_name, a.mandate_giver, coalesce(a.starts, a.valid_from) as starts,
  coalesce(m.ends, a.ends, a.valid_to) as ends,
  coalesce(m.ends, a.ends, a.valid_to) < substr(:valid_on, 1, length(coalesce(m.ends, a.ends, a.valid_to))) as past_end,
  coalesce(t.tasks, 0) as mandated_tasks, coalesce(d.reported, 0) as reported, d.last_reported, a.legal_basis, a.first_cited, a.last_cited,
  -- A mandate with an end that is still to come speaks for its mission, however long ago it was given.
  -- Who says when it began says that it is there from then on, until an end that is told.
  max(a.confirmed, coalesce(m.in_force, 0), a.undated = 1 and a.starts is not null and coalesce(a.ends >= substr(:valid_on, 1, length(a.ends)), 1)) as confirmed,
  a.source, a.url
from actor a left join mandate_of m on m.mission = a.record left join tasked t on t.mission = a.record
  left join told d on d.mission = a.record
where a.class = 'mission' and (a.undated = 0 or m.in_force = 1 or coalesce(a.starts, a.ends) is not null and (a.starts is null or a.starts <= :valid_on))
  and (:country = '' or a.country = :country)
order by a.country, 3, a.record
