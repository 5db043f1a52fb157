-- order = 3
-- title = { en = "Gaps", fr = "Lacunes", ar = "الثغرات" }
-- why = { en = "What nobody supports is easily overlooked, and what we merely do not know of is easily taken for a gap.", fr = "Ce que personne ne soutient passe inaperçu, et ce que nous ignorons passe facilement pour une lacune.", ar = "ما لا يدعمه أحد يسهل إغفاله، وما نجهله فقط يسهل أن يُظن ثغرة." }
-- below = ["needs"]
-- [rule]
-- en = "Every actor class and every function on the day of validity is one of: supported, by an activity that is active or a relation of support; none, though these sources would show it, for sources on file say that they cover the class and the country on that day; not known, as no source on file covers it. A gap is a need that the newest assessment rates high or very high (3 or 4), in capacity, integrity or sustainability, without support where coverage is given. Shown is the highest rating of each over institutions and levels; none means not assessed, not 0. Without a country, something counts as covered only by sources for all countries, and as a gap where it is one in some country. Missions and donors give support and are no gaps."
-- fr = "Chaque catégorie d’acteurs et chaque fonction au jour de validité est : soutenue, par une activité en cours ou une relation d’appui ; sans appui, alors que ces sources le montreraient, car des sources déclarent couvrir la catégorie et le pays ce jour-là ; inconnue, aucune source ne la couvrant. Une lacune est un besoin que la dernière évaluation juge élevé ou très élevé (3 ou 4), en capacité, intégrité ou durabilité, sans appui là où la couverture est donnée. La note la plus haute est montrée, toutes institutions et tous niveaux confondus ; vide veut dire non évalué, pas 0. Sans pays choisi, n’est couvert que ce que couvrent des sources pour tous les pays, et est une lacune ce qui en est une dans un pays. Missions et bailleurs donnent un appui et ne sont pas des lacunes."
-- ar = "كل فئة وكل وظيفة في يوم السريان إما: مدعومة بنشاط جارٍ أو علاقة دعم؛ أو بلا دعم مع أن هذه المصادر كانت ستُظهره لأن مصادر في الملف تقول إنها تغطي الفئة والبلد في ذلك اليوم؛ أو غير معروفة إذ لا مصدر يغطيها. والثغرة حاجة يصنفها أحدث تقييم مرتفعة أو مرتفعة جدًا (3 أو 4) في القدرة أو النزاهة أو الاستدامة بلا دعم حيث توجد تغطية. ويُعرض أعلى تصنيف عبر المؤسسات والمستويات؛ والفراغ يعني غير مقيَّم لا صفرًا. وبلا بلد مختار لا يُعدّ مغطى إلا ما تغطيه مصادر لكل البلدان، ويُعدّ ثغرة ما كان ثغرة في بلد ما. والبعثات والمانحون يقدمون الدعم فليسوا ثغرات."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with assessed as materialized (
  select n.record, n.actor, n.actor_name, coalesce(a.class, n.actor_class) as class, coalesce(a.country, n.country) as country, n.function, n.level, n.date, n.recorded_at,
    n.capacity, n.integrity, n.sustainability, n.assessor, n.assessor_name, n.finding, n.source, n.url
  from need n left join actor a on a.record = n.actor
  where (n.date is null or n.date <= :valid_on) and (:country = '' or coalesce(a.country, n.country) = :country)
    -- What has ended needs nothing any more.
    and (n.actor is null or a.record is not null or not exists (
      select 1 from statement s where s.kind = 'actor' and s.record = n.actor and s.current = 1 and s.valid_to < substr(:valid_on, 1, length(s.valid_to))))
),
dimension as materialized (
  select distinct list from code where list in ('actor_class', 'security_function')
),
newest as materialized (
  select class, country, function, quality, rating from (
    select class, country, function, quality, rating,
      row_number() over (partition by class, country, function, quality, actor, level order by date desc, recorded_at desc, record desc) as place
    from (
      select n.*, q.code as quality, cast(case q.code when 1 then n.capacity when 2 then n.integrity else n.sustainability end as integer) as rating
      from assessed n cross join (select 1 as code union all select 2 union all select 3) q
    ) as each_quality where rating is not null
  ) as in_order where place = 1
),
needed as materialized (
  select list, code, country, max(case quality when 1 then rating end) as capacity, max(case quality when 2 then rating end) as integrity,
    max(case quality when 3 then rating end) as sustainability, max(rating) as highest
  from (select d.list, case d.list when 'actor_class' then n.class else n.function end as code, n.country, n.quality, n.rating from newest n cross join dimension d) as told
  where code is not null group by list, code, country
),
given as materialized (
  select d.list, case d.list when 'actor_class' then s.actor_class else s.security_function end as code, s.country, s.activity, s.supporter, s.phase, s.ends
  from support s cross join dimension d where :country = '' or s.country = :country
),
related as materialized (
  select o.class as code, o.country, count(*) as relations from relation r join actor o on o.record = r.object
  where r.relation = 'supports' and (:country = '' or o.country = :country) group by o.class, o.country
),
total as (
  select list, code, count(distinct activity) as activities, count(distinct case when phase = 'active' then activity end) as active,
    count(distinct case when phase = 'active' then supporter end) as supporters, max(ends) as last_end
  from given group by list, code
),
place as materialized (
  select :country as country union select country from needed where country is not null
),
covered as materialized (
  select c.list, c.code, p.country, group_concat(v.title || coalesce(' (' || v.supporters || ')', ''), '; ') as sources
  from code c cross join place p join coverage v on v.confirmed = 1 and v.undated = 0
  where c.list in ('actor_class', 'security_function') and (not exists (select 1 from coverage_country k where k.record = v.record) or exists (select 1 from coverage_country k where k.record = v.record and k.code = p.country))
    and case c.list when 'actor_class' then not exists (select 1 from coverage_function f where f.record = v.record)
    and (not exists (select 1 from coverage_class x where x.record = v.record) or exists (select 1 from coverage_class x where x.record = v.record and x.code = c.code))
    else not exists (select 1 from coverage_class x where x.record = v.record)
    and (not exists (select 1 from coverage_function f where f.record = v.record) or exists (select 1 from coverage_function f where f.record = v.record and f.code = c.code)) end
  group by c.list, c.code, p.country
),
judged as materialized (
  select n.*, n.highest >= 3 and exists (select 1 from covered c where c.list = n.list and c.code = n.code and c.country = n.country)
    and not exists (select 1 from given g where g.list = n.list and g.code = n.code and g.country = n.country and g.phase = 'active')
    and not exists (select 1 from related r where n.list = 'actor_class' and r.code = n.code and r.country = n.country) as missing
  from needed n
)
select c.list as dimension, c.code as recipient,
  case when coalesce(t.active, 0) > 0 or s.relations > 0 then 'supported' when v.sources is not null then 'none' else 'not_known' end as support_known,
  case when coalesce(t.active, 0) > 0 or s.relations > 0 then null else v.sources end as covering_sources,
  cast(n.capacity as text) as capacity, cast(n.integrity as text) as integrity, cast(n.sustainability as text) as sustainability,
  case when c.category <> 'partner' and n.missing then 1 else 0 end as gap,
  coalesce(t.activities, 0) as activities,
  coalesce(t.active, 0) as active,
  coalesce(t.supporters, 0) as supporters,
  coalesce(s.relations, 0) as support_relations,
  t.last_end
from code c
left join total t on t.list = c.list and t.code = c.code
left join (select 'actor_class' as list, code, sum(relations) as relations from related group by code) s on s.list = c.list and s.code = c.code
left join covered v on v.list = c.list and v.code = c.code and v.country = :country
left join (
  select list, code, max(capacity) as capacity, max(integrity) as integrity, max(sustainability) as sustainability, max(missing) as missing from judged group by list, code
) n on n.list = c.list and n.code = c.code
where c.list in ('actor_class', 'security_function') and c.code <> 'unspecified'
order by c.list, c.position
