-- order = 3
-- group = "support"
-- rests_on = ["coverage"]
-- parts = ["covering"]
-- title = { en = "What publishers’ own dates cover", fr = "Ce que couvrent les dates des éditeurs", ar = "ما تغطيه تواريخ الناشرين" }
-- why = { en = "That a publisher shows nothing means something only for the time and the countries of which it tells.", fr = "Qu’un éditeur ne montre rien n’a de sens que pour la période et les pays dont il parle.", ar = "ألا يُظهر ناشر شيئًا لا معنى له إلا في المدة والبلدان التي يتحدث عنها." }
-- [rule]
-- en = "One row a data set and publisher with activities of the security sector: how many, in how many countries, the first and the last day of what it committed, disbursed or spent up to the day, and when it last changed an activity. These are its own dates, and no promise that it tells all. Said to cover: the coverages that are recorded of the data set and hold on the day; gaps count by these alone, so record one where a source tells all of a time."
-- fr = "Une ligne par jeu de données et éditeur ayant des activités du secteur de la sécurité : leur nombre, dans combien de pays, le premier et le dernier jour de ce qu’il a engagé, décaissé ou dépensé jusqu’au jour dit, et quand il a modifié une activité pour la dernière fois. Ce sont ses propres dates, sans promesse qu’il dise tout. Dit couvrir : les couvertures enregistrées du jeu de données et valables au jour dit ; les lacunes ne comptent que par elles : enregistrez-en une là où une source dit tout d’une période."
-- ar = "سطر لكل مجموعة بيانات وناشر لهما أنشطة في قطاع الأمن: عددها، وفي كم بلد، وأول يوم وآخر يوم لما التزم به أو صرفه أو أنفقه حتى اليوم، ومتى غيّر نشاطًا آخر مرة. هذه تواريخه هو، ولا تعني أنه يذكر كل شيء. ما قيل إنه يغطيه: النطاقات المسجلة لمجموعة البيانات والسارية في اليوم؛ والثغرات تُحتسب بها وحدها، فسجّل نطاقًا حيث يذكر مصدر كل ما في مدة."
-- [[draw]]
-- form = "timeline"
-- label = "supporter_name"
-- group = "dataset"
-- start = "first_dated"
-- end = "last_dated"
-- unit = { en = "Publishers, from the first to the last day of their money, years", fr = "Éditeurs, du premier au dernier jour de leurs fonds, années", ar = "الناشرون من أول يوم لأموالهم إلى آخره، بالسنوات" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with told as materialized (
  select activity, max(supporter) as supporter, max(supporter_name) as supporter_name from support
  where :country = '' or country = :country group by activity
),
dated as materialized (
  select t.activity, min(t.date) as first_dated, max(t.date) as last_dated from activity_transaction t
  where t.type in ('2', '3', '4') and t.date <= :valid_on and t.activity in (select activity from told) group by t.activity
),
placed as materialized (
  select a.dataset, t.supporter, count(distinct s.country) as countries
  from support s join told t on t.activity = s.activity join activity a on a.id = s.activity
  where s.country <> '' group by a.dataset, t.supporter
)
select a.dataset, t.supporter, max(t.supporter_name) as supporter_name, count(*) as activities, coalesce(max(p.countries), 0) as country_count,
  min(d.first_dated) as first_dated, max(d.last_dated) as last_dated, max(coalesce(a.updated_at, a.last_updated)) as last_changed,
  (select group_concat(v.title, '; ') from covering v where folded(v.dataset_name) = folded(a.dataset)) as said_to_cover
from told t join activity a on a.id = t.activity left join dated d on d.activity = t.activity
left join placed p on p.dataset = a.dataset and p.supporter = t.supporter
group by a.dataset, t.supporter
order by a.dataset, activities desc, max(t.supporter_name), t.supporter
