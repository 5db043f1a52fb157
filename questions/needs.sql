-- order = 3
-- group = "support"
-- made_of = ["need"]
-- parts = ["called", "own_projects", "known_givers", "told_tasks", "task_about", "backing", "other_signs", "assessed", "covering"]
-- title = { en = "What is needed, and what is known of support", fr = "Ce qui manque, et ce que l’on sait de l’appui", ar = "ما يُحتاج إليه وما يُعرف عن الدعم" }
-- why = { en = "Support to capacity without integrity can do harm: each assessment shows both.", fr = "Renforcer la capacité sans l’intégrité peut nuire : chaque évaluation montre les deux.", ar = "دعم القدرة دون النزاهة قد يضر: فكل تقييم يعرض الاثنين." }
-- [rule]
-- en = "The newest assessment until the day of each institution or class, by function and level, without institutions that have ended: what is needed in capacity, integrity and sustainability, from 0 no need to 4 very high; empty means not assessed. Support is that to the class in the country (or to the function, where one is named); planned: it is to begin only after the day. Gap: rated 3 or 4 in any, no support, also none that is past its end without being confirmed, and a source on file that would show it. An institution that names no country is of the one that the workspace is about."
-- fr = "La dernière évaluation de chaque institution ou catégorie, par fonction et niveau, sans les institutions qui ont pris fin : besoin en capacité, intégrité et durabilité, de 0 aucun à 4 très élevé ; vide veut dire non évalué. L’appui est celui à la catégorie dans le pays (ou à la fonction nommée) ; prévu : il ne doit commencer qu’après ce jour. Lacune : note 3 ou 4, aucun appui, même non confirmé après sa fin, et une source qui le montrerait. Une institution qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "أحدث تقييم حتى اليوم لكل مؤسسة أو فئة، حسب الوظيفة والمستوى، دون المؤسسات التي انتهت: الحاجة في القدرة والنزاهة والاستدامة من 0 لا حاجة إلى 4 بالغة؛ والفراغ يعني غير مقيَّم. والدعم هو المقدم للفئة في البلد (أو للوظيفة إن ذُكرت)؛ والمخطط لا يبدأ إلا بعد اليوم. والثغرة: تصنيف 3 أو 4 بلا دعم، ولو غير مؤكد بعد نهايته، مع مصدر كان سيُظهره. والمؤسسة التي لا يُذكر بلدها هي من البلد الذي تُعنى به مساحة العمل."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with newest as materialized (
  select * from (
    select n.*, row_number() over (partition by actor, class, country, function, level order by date desc, said_at desc, record desc) as place
    from assessed n where :country = '' or n.country = :country
  ) as in_order where place = 1
),
given as materialized (
  select country, actor_class, security_function, phase from other_signs where phase in ('active', 'overdue', 'planned', 'reported_earlier')
  union
  select country, actor_class, security_function, phase from support where phase in ('active', 'overdue', 'planned')
),
found as (
  select n.*,
    (select min(g.phase) from given g where g.country = n.country and case when n.function is not null then g.security_function = n.function else g.actor_class = n.class end) as phase,
    (select group_concat(v.title || coalesce(' (' || v.supporters || ')', ''), '; ') from covering v where n.country is not null and (not exists (select 1 from coverage_country k where k.record = v.record) or exists (select 1 from coverage_country k where k.record = v.record and k.code = n.country))
      and case when n.function is null then not exists (select 1 from coverage_function f where f.record = v.record)
    and (not exists (select 1 from coverage_class x where x.record = v.record) or exists (select 1 from coverage_class x where x.record = v.record and x.code = n.class)) else not exists (select 1 from coverage_class x where x.record = v.record)
    and (not exists (select 1 from coverage_function f where f.record = v.record) or exists (select 1 from coverage_function f where f.record = v.record and f.code = n.function)) end) as sources
  from newest n
)
select country, class as actor_class, actor, actor_name, function as security_function, level as need_level, capacity, integrity, sustainability, date,
  case phase when 'active' then 'supported' when 'overdue' then 'unconfirmed' when 'planned' then 'planned' else case when sources is not null then 'none' when phase is not null then 'earlier' else 'not_known' end end as support_known,
  case when phase is null or phase = 'reported_earlier' then sources end as covering_sources,
  case when (phase is null or phase in ('planned', 'reported_earlier')) and sources is not null and max(coalesce(cast(capacity as integer), 0), coalesce(cast(integrity as integer), 0), coalesce(cast(sustainability as integer), 0)) >= 3
    then 1 else 0 end as gap,
  finding as need_finding, assessor, assessor_name, source, url
from found
order by country, class, actor_name, function, case level when 'individual' then 1 when 'organisational' then 2 else 3 end
