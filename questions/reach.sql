-- order = 27
-- group = "sure"
-- title = { en = "How far the sources reach", fr = "Jusqu’où vont les sources", ar = "إلى أي يوم تصل المصادر" }
-- why = { en = "A page of today may rest on sources of last year: what happened since is not on it.", fr = "Une page du jour peut reposer sur des sources de l’an passé : ce qui s’est passé depuis n’y est pas.", ar = "قد تستند صفحة اليوم إلى مصادر العام الماضي: وما حدث بعدها ليس فيها." }
-- [rule]
-- en = "By country, the newest day up to the day of validity on which a source is said to have spoken (its own day, or a day on which it cites what is recorded) or on which somebody verified a statement, and that source; then how many statements of the country have such a day, and how many have one within the twelve months before. A column says where the newest is more than three months before the day. Days on which something begins, happens or ends do not count: a source may tell of them beforehand. A statement that names no country is in that of its record, else in the only one that the workspace is about."
-- fr = "Par pays, le jour le plus récent, jusqu’au jour de validité, où une source est dite avoir parlé (son propre jour, ou un jour où elle mentionne ce qui est enregistré) ou bien où quelqu’un a vérifié un énoncé, et cette source ; puis combien d’énoncés du pays ont un tel jour, et combien dans les douze mois précédents. Une colonne dit où le plus récent date de plus de trois mois avant le jour. Les jours où une chose commence, a lieu ou prend fin ne comptent pas : une source peut les annoncer. Un énoncé qui ne nomme pas de pays est dans celui de sa fiche, sinon dans le seul dont traite l’espace."
-- ar = "لكل بلد أحدث يوم حتى يوم السريان يقال إن مصدرًا تحدث فيه (يوم المصدر نفسه أو يوم يذكر فيه ما سُجل) أو تحقق فيه أحد من بيان، مع ذلك المصدر؛ ثم عدد بيانات البلد التي لها يوم كهذا، وعدد ما له يوم منها خلال الاثني عشر شهرًا السابقة. ويقول عمود أين يسبق أحدثُها اليومَ بأكثر من ثلاثة أشهر. ولا تُحسب أيام بدء الشيء أو وقوعه أو انتهائه لأن المصدر قد يذكرها مسبقًا. والبيان الذي لا يسمي بلدًا يُحسب في بلد سجله، وإلا ففي البلد الوحيد الذي تُعنى به مساحة العمل."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with country_of as materialized (
  select kind, record, max(json_extract(fields, '$.country')) as country from statement where current = 1 group by kind, record
),
told as materialized (
  select s.kind, s.record, s.title, s.source, s.url, s.statement, coalesce(json_extract(s.fields, '$.country'), c.country, home_country()) as country,
    max(
      coalesce(case when s.first_cited <= :valid_on then s.first_cited end, ''), coalesce(case when s.last_cited <= :valid_on then s.last_cited end, ''),
      coalesce(case when s.source_date <= :valid_on then s.source_date end, ''), coalesce(case when s.verified_at <= :valid_on then substr(s.verified_at, 1, 10) end, '')
    ) as day
  from statement s left join country_of c on c.kind = s.kind and c.record = s.record where s.current = 1
),
placed as (
  select *, row_number() over (partition by country order by day desc, kind, record, statement) as nth, count(*) over (partition by country) as dated_statements,
    sum(day >= substr(plus_months(:valid_on, -12), 1, length(day))) over (partition by country) as dated_lately
  from told where day <> '' and country is not null and (:country = '' or country = :country)
)
select country, day as last_known, day < substr(plus_months(:valid_on, -3), 1, length(day)) as silent, kind, record, title as record_title,
  dated_statements, dated_lately, source, url
from placed where nth = 1 order by last_known desc, country
