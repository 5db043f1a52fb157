-- order = 48
-- group = "sure"
-- below = ["without_country"]
-- rests_on = ["coverage", "need", "project", "training", "equipment", "relation", "mandated_task", "engagement"]
-- parts = ["own_day", "called", "own_projects", "known_givers", "told_tasks", "task_about", "backing", "other_signs", "covering"]
-- title = { en = "What we do not know", fr = "Ce que nous ignorons", ar = "ما لا نعرفه" }
-- why = { en = "A register that hides what it does not know is believed too much.", fr = "Un registre qui cache ce qu’il ignore est trop cru.", ar = "السجل الذي يخفي ما يجهله يُصدَّق أكثر مما ينبغي." }
-- [rule]
-- en = "Statements that stand, by kind: without source; without any date; not confirmed (cited before the day, and nobody says that it still holds or has ended); stale (nobody verified, cited or recorded it within so many months). Support not known: classes of institutions of the country, or of each country with an actor on record, without support on record (published activities, own projects and every other sign of support, also past its end, told of earlier or planned) of which no source on file says that it covers them; need not assessed: such classes without any assessment. Without a class: institutions on record of which nobody has said the class, so that they are in no gap and no overlap of one; in a workspace about one country, those that name no country are in it. Without a country: institutions of a class, and projects, trainings and other records of support, of no country where the workspace is about several, so that they are in no answer about one; below, support stands record by record. Of: how many there are in all. A statement may count in several lines."
-- fr = "Énoncés en vigueur, par genre : sans source ; sans aucune date ; non confirmés (cités avant ce jour, sans que personne dise qu’ils valent encore ou ont pris fin) ; périmés (ni vérifiés, ni cités, ni enregistrés pendant ces mois). Appui inconnu : catégories d’institutions du pays, ou de chaque pays ayant un acteur enregistré, sans appui enregistré (activités publiées, projets propres et tout autre signe d’appui, même passé sa fin, rapporté auparavant ou prévu) et qu’aucune source ne déclare couvrir ; besoin non évalué : catégories sans évaluation. Sans catégorie : institutions enregistrées dont personne n’a dit la catégorie, et qui n’entrent donc dans aucune lacune ni aucun chevauchement ; dans un espace consacré à un pays, celles qui n’en nomment aucun en sont. Sans pays : institutions classées, projets, formations et autres fiches d’appui qui ne sont d’aucun pays alors que l’espace traite de plusieurs, et qui manquent donc dans toute réponse sur l’un d’eux ; plus bas, l’appui est listé fiche par fiche. Sur : combien il y en a en tout. Un énoncé peut compter dans plusieurs lignes."
-- ar = "البيانات القائمة حسب النوع: بلا مصدر؛ بلا أي تاريخ؛ غير مؤكدة (ذُكرت قبل اليوم ولا يقول أحد إنها ما زالت قائمة أو انتهت)؛ متقادمة (لم يتحقق منها أو يذكرها أو يسجلها أحد خلال هذه الأشهر). دعم غير معروف: فئات المؤسسات في البلد، أو في كل بلد له جهة مسجلة، بلا دعم مسجل (أنشطة منشورة ومشاريع ذاتية وكل علامة دعم أخرى، ولو انقضت نهايتها أو ذُكرت سابقًا أو كانت مخططة) ولا يقول أي مصدر إنه يغطيها؛ حاجة غير مقيَّمة: فئات بلا تقييم. بلا فئة: مؤسسات مسجلة لم يذكر أحد فئتها، فلا تدخل في أي ثغرة أو تداخل؛ وفي مساحة عمل عن بلد واحد تُحسب فيه المؤسسات التي لا تذكر بلدًا. بلا بلد: مؤسسات لها فئة ومشاريع وتدريبات وسجلات دعم أخرى بلا بلد في مساحة عمل عن عدة بلدان، فلا تدخل في أي جواب عن بلد منها، ويُدرج الدعم أدناه سجلًا سجلًا. من: العدد الكلي. وقد يُعدّ البيان في أكثر من سطر."
-- [[draw]]
-- form = "bars"
-- label = "unknown_sort"
-- value = "unknown"
-- unit = { en = "Number of statements, or of classes of institutions", fr = "Nombre d’énoncés ou de catégories d’institutions", ar = "عدد البيانات أو فئات المؤسسات" }
-- [[parameter]]
-- name = "months"
-- number = true
-- default = "12"
-- label = { en = "Months", fr = "Mois", ar = "أشهر" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with own as materialized (
  select distinct record from statement where :country <> '' and json_extract(fields, '$.country') = :country
),
standing as materialized (
  select s.kind, s.source is null and s.url is null as unsourced, s.undated = 1 and not exists (select 1 from own_day d join json_each(s.fields, '$.' || d.field) f on f.value <> '' where d.kind = s.kind) as undated, s.confirmed = 0 and s.undated = 0 as not_confirmed,
    s.valid_to is null and max(coalesce(s.verified_at, ''), coalesce(s.last_cited, ''), case when s.last_cited is null then substr(s.recorded_at, 1, 10) else '' end) < plus_months(:valid_on, -cast(:months as integer)) as stale
  from statement s where s.current = 1 and (:country = '' or s.record in (select record from own) or exists (select 1 from json_each(s.fields) f where f.value in (select record from own)))
),
place as materialized (
  select distinct country from (
    select :country as country where :country <> ''
    union all select coalesce(a.country, home_country()) from actor a join code c on c.list = 'actor_class' and c.code = a.class where :country = '' and coalesce(a.country, home_country()) is not null and c.category <> 'partner'
  ) as named
),
cell as materialized (
  select p.country, c.code as class from place p cross join code c where c.list = 'actor_class' and c.code <> 'unspecified' and c.category <> 'partner'
),
given as materialized (
  -- As in the gaps: of what went on until its end, was told of before, or is to begin later, something is known.
  select distinct country, actor_class as class from support where phase in ('active', 'overdue', 'planned')
  union select country, actor_class from other_signs where active or phase in ('overdue', 'reported_earlier', 'planned')
),
assessed as materialized (
  select distinct coalesce(a.country, n.country, home_country()) as country, coalesce(a.class, n.actor_class) as class
  from need n left join actor a on a.record = n.actor where n.date is null or n.date <= :valid_on
),
judged as materialized (
  select c.country, c.class,
    not exists (select 1 from given g where g.country = c.country and g.class = c.class)
    and not exists (select 1 from covering v where (not exists (select 1 from coverage_country k where k.record = v.record) or exists (select 1 from coverage_country k where k.record = v.record and k.code = c.country))
    and not exists (select 1 from coverage_function f where f.record = v.record)
    and (not exists (select 1 from coverage_class x where x.record = v.record) or exists (select 1 from coverage_class x where x.record = v.record and x.code = c.class))) as not_covered,
    not exists (select 1 from assessed n where n.country = c.country and n.class = c.class) as not_assessed
  from cell c
),
by_kind as materialized (
  select kind, sum(unsourced) as unsourced, sum(undated) as undated, sum(not_confirmed) as not_confirmed, sum(stale) as stale, count(*) as out_of from standing group by kind
  union all
  select null, sum(not_covered), sum(not_assessed), null, null, count(*) from judged
),
line as (
  select case when k.kind is null then x.of_class else x.of_kind end as unknown_sort, k.kind, k.out_of,
    case x.place when 1 then k.unsourced when 2 then k.undated when 3 then k.not_confirmed else k.stale end as unknown
  from by_kind k cross join (
    select 1 as place, 'unsourced' as of_kind, 'not_covered' as of_class union all select 2, 'undated', 'not_assessed'
    union all select 3, 'not_confirmed', null union all select 4, 'stale', null) x
)
select unknown_sort, kind, unknown, out_of, 1.0 * unknown / out_of as unknown_share
from (
  select unknown_sort, kind, unknown, out_of from line
  union all
  -- What nobody has said a class of is in no gap, overlap or column of a class.
  select 'no_class', 'actor', sum(coalesce(a.class, '') = ''), count(*) from actor a where :country = '' or coalesce(a.country, home_country()) = :country
  union all
  -- What is of no country is in no answer about one, whichever is asked for.
  select 'no_country', 'actor', sum(coalesce(a.country, home_country()) is null), count(*) from actor a join code c on c.list = 'actor_class' and c.code = a.class
  where c.category <> 'partner'
  union all
  select 'no_country', kind, sum(is_nowhere), count(*) from (select kind, max(coalesce(country, '')) = '' as is_nowhere from other_signs group by kind, record) group by kind
) where unknown > 0
order by case unknown_sort when 'not_covered' then 1 when 'not_assessed' then 2 when 'no_class' then 3 when 'no_country' then 4 when 'unsourced' then 5 when 'undated' then 6 when 'not_confirmed' then 7 else 8 end,
  unknown desc, kind
