-- order = 3
-- group = "support"
-- made_of = ["need"]
-- rests_on = ["coverage", "need", "project", "training", "equipment", "relation", "mandated_task", "engagement"]
-- title = { en = "Gaps", fr = "Lacunes", ar = "الثغرات" }
-- why = { en = "What nobody supports is easily overlooked, and what we merely do not know of is easily taken for a gap.", fr = "Ce que personne ne soutient passe inaperçu, et ce que nous ignorons passe facilement pour une lacune.", ar = "ما لا يدعمه أحد يسهل إغفاله، وما نجهله فقط يسهل أن يُظن ثغرة." }
-- below = ["needs", "publishers"]
-- parts = ["called", "own_projects", "known_givers", "told_tasks", "task_about", "backing", "other_signs", "one_name", "assessed", "covering"]
-- [rule]
-- en = "Every actor class and every function on the day of validity is one of: supported, by an activity that is active or by what is stated, mandated or reported for the day; not confirmed, where all that is known is past its planned end, or of a mission that is over, and nobody says that it goes on; planned, where support is to begin only after the day, and from when; none, though these sources would show it, for sources on file say that they cover the class and the country on that day; reported earlier, where a source told of support that was done before the day, of what went on more than a year before, or by a mission that is over, and none says that it goes on, with the last day of which it is told; not known, as no source on file covers it. Support that names no function is for what its class is there for (police: public order), as activities are read. The last known end is that of any sign of support; supporters are who gives what is active, by any sign, and count once where names or identifiers on record say who they are. A gap is a need that the newest assessment rates high or very high (3 or 4), in capacity, integrity or sustainability, without support where coverage is given. Shown is the highest rating of each over institutions and levels; none means not assessed, not 0. What has no date holds on no day, and supports nothing. Without a country, something counts as covered only by sources for all countries, and as a gap where it is one in some country. Missions, donors and international organisations give support and are not listed. An institution that names no country is of the one that the workspace is about."
-- fr = "Chaque catégorie d’acteurs et chaque fonction au jour de validité est : soutenue, par une activité en cours ou selon ce qui est déclaré, mandaté ou rapporté ce jour-là ; non confirmée, si tout ce que l’on sait a dépassé sa fin prévue ou relève d’une mission close, sans que rien n’en dise la suite ; prévue, si un appui ne doit commencer qu’après ce jour, avec la date ; sans appui, alors que ces sources le montreraient, car des sources déclarent couvrir la catégorie et le pays ce jour-là ; rapportée auparavant, si une source a dit un appui mené avant ce jour, en cours il y a plus d’un an ou d’une mission close et que rien n’en dit la suite, avec le dernier jour dont il est question ; inconnue, aucune source ne la couvrant. Sans fonction indiquée, un appui vise ce à quoi sert la catégorie (police : ordre public), comme on lit les activités. La dernière fin connue est celle de tout indice d’appui ; les partenaires sont ceux qui donnent ce qui est en cours, selon tout indice, et comptent une fois si des noms ou identifiants enregistrés disent qui ils sont. Une lacune est un besoin que la dernière évaluation juge élevé ou très élevé (3 ou 4), en capacité, intégrité ou durabilité, sans appui là où la couverture est donnée. La note la plus haute est montrée, toutes institutions et tous niveaux confondus ; vide veut dire non évalué, pas 0. Ce qui n’a aucune date ne vaut pour aucun jour et ne soutient rien. Sans pays choisi, n’est couvert que ce que couvrent des sources pour tous les pays, et est une lacune ce qui en est une dans un pays. Missions, bailleurs et organisations internationales donnent un appui et ne figurent pas. Une institution qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "كل فئة وكل وظيفة في يوم السريان إما: مدعومة بنشاط جارٍ أو بحسب ما صُرِّح به أو كُلِّف به أو أُبلغ عنه في ذلك اليوم؛ أو غير مؤكدة إذا كان كل المعروف قد تجاوز نهايته المخططة أو كان لبعثة انتهت ولا يقول أحد إنه مستمر؛ أو مخططة إذا كان الدعم لا يبدأ إلا بعد اليوم مع تاريخ بدئه؛ أو بلا دعم مع أن هذه المصادر كانت ستُظهره لأن مصادر في الملف تقول إنها تغطي الفئة والبلد في ذلك اليوم؛ أو أُبلغ عنها سابقًا إذا ذكر مصدر دعمًا أُنجز قبل اليوم أو كان جاريًا قبل أكثر من سنة أو من بعثة انتهت ولا يقول أحد إنه مستمر، مع آخر يوم ذُكر عنه؛ أو غير معروفة إذ لا مصدر يغطيها. وما لا يذكر وظيفة فلما وُجدت الفئة له (الشرطة: النظام العام)، كما تُقرأ الأنشطة. وآخر نهاية معروفة هي لأي دليل على الدعم؛ والداعمون من يقدّم ما هو جارٍ بأي دليل، ويُحسب كل منهم مرة حيث تدل الأسماء أو المعرّفات المسجلة على هويته. والثغرة حاجة يصنفها أحدث تقييم مرتفعة أو مرتفعة جدًا (3 أو 4) في القدرة أو النزاهة أو الاستدامة بلا دعم حيث توجد تغطية. ويُعرض أعلى تصنيف عبر المؤسسات والمستويات؛ والفراغ يعني غير مقيَّم لا صفرًا. وما لا تاريخ له لا يسري في أي يوم ولا يُعدّ دعمًا. وبلا بلد مختار لا يُعدّ مغطى إلا ما تغطيه مصادر لكل البلدان، ويُعدّ ثغرة ما كان ثغرة في بلد ما. والبعثات والمانحون والمنظمات الدولية يقدمون الدعم فلا يُعرضون. والمؤسسة التي لا يُذكر بلدها هي من البلد الذي تُعنى به مساحة العمل."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with dimension as materialized (
  select distinct list from code where list in ('actor_class', 'security_function')
),
newest as materialized (
  select class, country, function, quality, rating from (
    select class, country, function, quality, rating,
      row_number() over (partition by class, country, function, quality, actor, level order by date desc, said_at desc, record desc) as place
    from (
      select n.*, q.code as quality, cast(case q.code when 1 then n.capacity when 2 then n.integrity else n.sustainability end as integer) as rating
      from assessed n cross join (select 1 as code union all select 2 union all select 3) q where :country = '' or n.country = :country
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
  select d.list, case d.list when 'actor_class' then s.actor_class else s.security_function end as code, s.country, s.activity,
    coalesce(i.record, n.record, s.supporter, s.supporter_name) as supporter, s.phase, s.ends, s.starts
  from support s cross join dimension d left join one_name i on i.key = '#' || s.supporter left join one_name n on n.key = folded(s.supporter_name) where :country = '' or s.country = :country
),
signed as materialized (
  select d.list, case d.list when 'actor_class' then k.actor_class else k.function_meant end as code, k.country, case when k.active then k.kind || ' ' || k.record end as entry,
    coalesce(i.record, n.record, k.supporter, k.supporter_name) as supporter, max(k.phase = 'overdue') as unconfirmed,
    max(case when k.phase = 'reported_earlier' then coalesce(k.ends, k.starts) end) as told_of, max(k.phase = 'reported_earlier') as earlier,
    max(k.phase = 'planned') as planned, min(case when k.phase = 'planned' then k.starts end) as planned_from,
    max(case when k.phase in ('ended', 'overdue') then k.ends else k.lasts_until end) as last_end
  from other_signs k cross join dimension d left join one_name i on i.key = '#' || k.supporter left join one_name n on n.key = folded(k.supporter_name)
  where k.phase in ('active', 'overdue', 'reported_earlier', 'planned', 'ended') and (:country = '' or k.country = :country) group by 1, 2, 3, 4, 5
),
place as materialized (
  select :country as country union select code from code where list = 'country' and :country = ''
),
covered as materialized (
  select c.list, c.code, p.country, group_concat(v.title || coalesce(' (' || v.supporters || ')', ''), '; ') as sources
  from code c cross join place p cross join covering v
  where c.list in ('actor_class', 'security_function') and (not exists (select 1 from coverage_country k where k.record = v.record) or exists (select 1 from coverage_country k where k.record = v.record and k.code = p.country))
    and case c.list when 'actor_class' then not exists (select 1 from coverage_function f where f.record = v.record)
    and (not exists (select 1 from coverage_class x where x.record = v.record) or exists (select 1 from coverage_class x where x.record = v.record and x.code = c.code))
    else not exists (select 1 from coverage_class x where x.record = v.record)
    and (not exists (select 1 from coverage_function f where f.record = v.record) or exists (select 1 from coverage_function f where f.record = v.record and f.code = c.code)) end
  group by c.list, c.code, p.country
),
-- Needs, support and what sources cover in each country side by side. Each is named once: SQLite opens a place for every table of every view that is named.
beside as (
  select list, code, country, capacity, integrity, sustainability, highest, null as activity, null as supporter, null as ends, 0 as is_active, null as entry, 0 as unconfirmed, 0 as earlier, null as told_of, 0 as planned, null as planned_from, null as sources from needed
  union all
  select list, code, country, null, null, null, null, activity, supporter, ends, phase = 'active', null, phase = 'overdue', 0, null, phase = 'planned', case when phase = 'planned' then starts end, null from given
  union all
  select list, code, country, null, null, null, null, null, supporter, last_end, entry is not null, entry, unconfirmed, earlier, told_of, planned, planned_from, null from signed
  union all
  select list, code, country, null, null, null, null, null, null, null, 0, null, 0, 0, null, 0, null, sources from covered
),
by_country as (
  select *, max(highest) over same as need_here, max(is_active) over same as supported_here, max(unconfirmed) over same as unconfirmed_here, max(sources) over same as sources_here from beside window same as (partition by list, code, country)
),
found as (
  select list, code, max(capacity) as capacity, max(integrity) as integrity, max(sustainability) as sustainability, count(distinct activity) as activities,
    count(distinct case when is_active then activity end) as active, count(distinct case when is_active then supporter end) as supporters,
    max(ends) as last_end, count(distinct entry) as entries, max(unconfirmed) as unconfirmed, max(earlier) as earlier, max(told_of) as told_of, max(planned) as planned, min(planned_from) as planned_from,
    max(need_here >= 3 and not supported_here and not unconfirmed_here and sources_here is not null) as missing,
    max(case when country = :country then sources end) as sources
  from by_country group by list, code
)
select c.list as dimension, c.code as recipient,
  case when f.active > 0 or f.entries > 0 then 'supported' when f.unconfirmed then 'unconfirmed' when f.planned then 'planned' when f.sources is not null then 'none' when f.earlier then 'earlier' else 'not_known' end as support_known,
  case when f.active > 0 or f.entries > 0 or f.unconfirmed or f.planned then null else f.sources end as covering_sources,
  cast(f.capacity as text) as capacity, cast(f.integrity as text) as integrity, cast(f.sustainability as text) as sustainability,
  coalesce(f.missing, 0) as gap,
  coalesce(f.activities, 0) as activities,
  coalesce(f.active, 0) as active,
  coalesce(f.supporters, 0) as supporters,
  coalesce(f.entries, 0) as other_signs,
  f.last_end,
  case when f.active > 0 or f.entries > 0 or f.unconfirmed or f.planned or f.sources is not null then null else f.told_of end as last_told_of,
  case when f.active > 0 or f.entries > 0 then null else f.planned_from end as planned_from
from code c
left join found f on f.list = c.list and f.code = c.code
where c.list in ('actor_class', 'security_function') and c.code <> 'unspecified' and c.category <> 'partner'
-- What is missing comes first.
order by c.list, coalesce(f.missing, 0) desc, c.position
