-- order = 34
-- group = "people"
-- made_of = ["strength"]
-- parts = ["actor_names", "called", "rank_wholes", "meant", "elsewhere", "named_parts", "movements_once"]
-- title = { en = "Where the women are", fr = "Où sont les femmes", ar = "أين النساء" }
-- why = { en = "Whether the share of women moves in the host’s own services, and in the missions that advise them to raise it.", fr = "La part des femmes évolue-t-elle dans les services du pays hôte, et dans les missions qui leur conseillent de l’augmenter ?", ar = "هل تتغير نسبة النساء في أجهزة البلد المضيف وفي البعثات التي تنصحها برفعها؟" }
-- [rule]
-- en = "The host’s services first, missions in the country after, by year up to the day of validity; over all countries those with most figures first. A body that a source only names is the institution that alone has that name, acronym or other name in the country. What a list counts of an institution under another name than its own, beside another count of it, stands under that name and is not added. Women and all people as one list states them: the nominal roll, else payroll, census, a list not stated, an estimate; of a mission over every service and contributing country on record, as published. Where two reports of the same disagree, the one recorded last. The whole as its source states it, else the sum of its ranks (officers as a whole once, and only where officers and other ranks are both counted), functions or places. A year whose women or people nobody reported has no share, nor one of which some rank, function or place lacks them. Inflow gap: share of women among recruits less their share among leavers of the year. Target year: where the straight line through the years (least squares) reaches the target, with the years for the slope’s interval of 19 in 20; only with five years on record or more and 30 people or more in each, since of fewer one person moves the share; none without a target, or where the line does not rise to it. What names no country is of the one that the workspace is about."
-- fr = "D’abord les services du pays hôte, puis les missions dans le pays, par année jusqu’au jour de validité ; tous pays confondus, d’abord ceux qui ont le plus de chiffres. Un organe seulement nommé par la source est l’institution qui porte seule ce nom, sigle ou autre nom dans le pays. Ce qu’une liste compte d’une institution sous un autre nom que le sien, à côté d’un autre compte, figure sous ce nom et n’est pas ajouté. Femmes et ensemble tels qu’une même liste les énonce : contrôle nominatif, sinon solde, recensement, liste non précisée, estimation ; pour une mission, tous services et pays contributeurs enregistrés, tels que publiés. Si deux rapports divergent, le dernier enregistré. Le total énoncé par la source, sinon la somme des grades (un ensemble d’officiers une fois, et seulement si officiers et autres grades sont comptés), fonctions ou lieux. Sans femmes ou effectifs rapportés, même d’un seul grade, d’une seule fonction ou d’un seul lieu, pas de part. Écart de flux : part des femmes parmi les recrues moins leur part parmi les départs de l’année. Année cible : où la droite des années (moindres carrés) atteint la cible, avec les années pour l’intervalle de la pente de 19 sur 20 ; seulement avec cinq années ou plus et 30 personnes ou plus dans chacune, car en deçà une seule personne déplace la part ; aucune sans cible ou si la droite n’y monte pas. Ce qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "أجهزة البلد المضيف أولًا ثم البعثات في البلد، بحسب السنة حتى يوم السريان؛ ولكل البلدان الأكثر أرقامًا أولًا. والجهة المذكورة بالاسم فقط هي المؤسسة التي تنفرد بذلك الاسم أو المختصر أو الاسم الآخر في البلد. وما تعدّه قائمة من مؤسسة باسم غير اسمها إلى جانب عدد آخر لها يظهر بذلك الاسم ولا يُجمع. النساء والجميع كما تذكرهم قائمة واحدة: السجل الاسمي وإلا فكشف الرواتب فالتعداد فقائمة غير مذكورة فتقدير؛ وللبعثة كل الخدمات والبلدان المساهمة المسجلة كما نُشرت. وإن اختلف تقريران عن الشيء نفسه فالأخير تسجيلًا. والمجموع كما يذكره مصدره وإلا فمجموع الرتب (جملة الضباط مرة واحدة، وفقط حيث عُدّ الضباط وغيرهم) أو الوظائف أو الأماكن. والسنة التي لم يُبلَّغ فيها عن النساء أو الأفراد، ولو لرتبة أو وظيفة أو مكان واحد، لا نسبة لها. فجوة التدفق: نسبة النساء بين المجندين ناقص نسبتهن بين المغادرين في السنة. سنة الهدف: حيث يبلغ الخط المستقيم عبر السنوات (المربعات الصغرى) الهدف مع سنوات نطاق الميل 19 من 20؛ بخمس سنوات مسجلة أو أكثر فقط وفي كل منها 30 شخصًا أو أكثر، لأن ما قل عن ذلك يتحرك بشخص واحد؛ ولا سنة بلا هدف أو إن لم يصعد إليه الخط. وما لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل."
-- [[draw]]
-- form = "series"
-- at = "year"
-- group = "body_name"
-- value = "share_of_women"
-- unit = { en = "Women among all people of the service or mission, per cent", fr = "Femmes parmi tout le personnel du service ou de la mission, en %", ar = "النساء بين جميع أفراد الجهاز أو البعثة، نسبة مئوية" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Institution or unit (name or identifier)", fr = "Institution ou unité (nom ou identifiant)", ar = "المؤسسة أو الوحدة (الاسم أو المعرّف)" }
-- [[parameter]]
-- name = "mission"
-- label = { en = "Mission (acronym)", fr = "Mission (sigle)", ar = "البعثة (المختصر)" }
-- [[parameter]]
-- name = "target"
-- number = true
-- label = { en = "Target (per cent women)", fr = "Cible (% de femmes)", ar = "الهدف (نسبة النساء المئوية)" }
with told as materialized (
  select coalesce(s.institution, case when s.mission is null then n.record end) as actor, case when s.institution is null then s.mission end as mission,
    case when p.record is not null then s.service else coalesce(i.name, iif(s.institution is not null, coalesce(a.name, s.institution), null), s.mission, a.name, n.name, s.service) end as body_name,
    -- A mission is where it works, whichever country the people come from.
    case when s.institution is null and s.mission is not null then m.country else coalesce(a.country, s.country, home_country()) end as country,
    substr(coalesce(s.day, s.year), 1, 4) as year, coalesce(s.day, cast(s.year as text)) as day,
    coalesce(s.list, case when s.institution is null and s.mission is not null then 'un_contribution' else 'not_stated' end) as list,
    s.rank_band, s.sex, s.function, s.place, (s.rank_band is not null) || (s.function is not null) || (s.place is not null) as breakdown,
    case when s.sex = 'women' then s.people else s.women end as women, case when s.sex = 'men' then s.people else s.men end as men,
    case when s.sex is null or s.sex = 'total' then coalesce(s.total, s.people) end as whole,
    -- What contributing countries report of a mission stands beside each other; of a body, several reports of the same do not.
    case when s.institution is null and s.mission is not null then s.record end as apart, s.said_at, s.record,
    -- Counts that are held back from the reader, by the names of their fields; what is of one sex is of that.
    case when s.women is null or s.men is null or s.total is null and s.people is null then (
      select case when s.sex in ('women', 'men') then replace(max(x.withheld), 'people', s.sex) else max(x.withheld) end
      from strength_statement x where x.record = s.record) end as held
  from strength s left join called n on s.institution is null and s.mission is null and n.called = folded(s.service) and n.country = s.country
  left join actor a on a.record = coalesce(s.institution, n.record)
  left join actor_names i on i.record = s.institution
  left join called m on s.institution is null and m.called = folded(s.mission) and m.class = 'mission' and m.alone
  left join named_parts p on p.record = s.record
  where (s.institution is null
      or (:actor = '' or s.institution in (select record from meant) or folded(s.institution) = folded(:actor)) and s.institution not in (select record from elsewhere))
    and coalesce(s.day, cast(s.year as text)) <= :valid_on
    and coalesce(s.list, '') not in ('establishment', 'trained')
    and (:mission = '' or s.institution is null and folded(s.mission) = folded(:mission))
    and (:country = '' or case when s.mission is null or s.institution is not null then coalesce(a.country, s.country, home_country()) else m.country end = :country)
    and (:actor = '' or coalesce(s.institution, case when s.mission is null then n.record end) = :actor or folded(coalesce(i.name, iif(s.institution is not null, coalesce(a.name, s.institution), null), s.mission, s.service)) = folded(:actor) or folded(a.acronym) = folded(:actor))
  union all
  -- A year of which only is told who came and who left.
  select m.actor, null, m.actor_name, coalesce(a.country, home_country()), substr(coalesce(m.starts, m.ends), 1, 4), substr(coalesce(m.starts, m.ends), 1, 4), 'not_stated', null, null, null, null,
    '000', null, null, null, null, null, null, null
  from movement m left join actor a on a.record = m.actor
  where m.movement <> 'promoted' and m.rank_band is null and coalesce(m.starts, m.ends) <= :valid_on and :mission = ''
    and (:country = '' or coalesce(a.country, home_country()) = :country)
    and (:actor = '' or m.actor = :actor or folded(m.actor_name) = folded(:actor) or folded(a.acronym) = folded(:actor))
),
-- Of several reports of the same, the one that was said last, as in the strength.
latest as materialized (
  -- Where a part of a body says its people and not its women, nobody knows how many women the body has; and so of its people. A part says them as
  -- a whole, else as women and men.
  select *, apart is null and sum(women) over part is null as lacks_women,
    apart is null and coalesce(sum(whole) over part, sum(women) over part + sum(men) over part) is null as lacks_people,
    case when whole is not null then whole
      when sum(whole) over part is null and sum(women) over part + sum(men) over part is not null then coalesce(women + men, women, men) end as own_people,
    -- Where ranks stand below a whole, what one does not say the other may.
    rank_band in (select whole from rank_wholes) as is_whole
  from (
    select *, max(coalesce(said_at, '') || ' ' || record) as newest
    from told group by actor, mission, body_name, country, list, day, sex, rank_band, function, place, apart)
  window part as (partition by actor, mission, body_name, country, list, day, rank_band, function, place, apart)
),
-- Few counts are of a whole: the ranks are looked for in these alone.
wholes as materialized (
  select w.*, p.part from latest w join rank_wholes p on p.whole = w.rank_band
),
counted as materialized (
  select actor, mission, body_name, country, year, list, case when max(is_whole) or not max(lacks_women) then sum(women) end as women, sum(men) as men,
    case when max(is_whole) then coalesce(sum(whole), sum(women) + sum(men)) when not max(lacks_people) then sum(own_people) end as people, group_concat(held, ' ') as held,
    row_number() over (partition by actor, mission, body_name, country, year order by sum(women) is null or coalesce(sum(whole), sum(men)) is null or coalesce(max(is_whole), 0) = 0 and (max(lacks_women) or max(lacks_people)),
      case list when 'nominal_roll' then 0 when 'payroll' then 1 when 'census' then 2 when 'not_stated' then 3 when 'un_contribution' then 4 else 5 end,
      day desc, breakdown = '000' desc, breakdown desc) as nth
  from latest t left join (select part, whole as side from rank_wholes where whole in ('officers', 'enlisted')) x on x.part = t.rank_band
  -- A whole has its ranks in it.
  where t.rank_band is null or not exists (select 1 from wholes w where w.part = t.rank_band
    and w.day = t.day and w.list = t.list and w.body_name = t.body_name and w.actor is t.actor and w.mission is t.mission and w.country is t.country
      and w.sex is t.sex and w.function is t.function and w.place is t.place)
  group by actor, mission, body_name, country, year, list, day, breakdown
  -- Officers alone are not the whole.
  having breakdown not like '1%' or count(distinct case when coalesce(side, rank_band) in ('officers', 'enlisted') then coalesce(side, rank_band) end) = 2
),
shared as materialized (
  select *, case when people > 0 then 1.0 * women / people end as share, cast(year as integer) as x from counted where nth = 1
),
-- The line through the years: its middle, its slope, and the error of the slope.
middle as materialized (
  select *, count(share) over body as n, min(case when share is not null then people end) over body as fewest, avg(case when share is not null then x end) over body as mx, avg(share) over body as my
  from shared window body as (partition by actor, mission, body_name, country)
),
line as materialized (
  select *, sum(case when share is not null then (x - mx) * (x - mx) end) over body as sxx, sum((x - mx) * (share - my)) over body as sxy, sum((share - my) * (share - my)) over body as syy
  from middle window body as (partition by actor, mission, body_name, country)
),
sloped as materialized (
  select l.*, sxy / sxx as slope, t.t * sqrt(max(syy - sxy * sxy / sxx, 0) / (n - 2) / sxx) as margin
  from line l
  -- Student’s t, 0.975, by degrees of freedom; beyond the table its last value, which is a little wide.
  left join (
    select 3 as df, 3.182 as t union all select 4, 2.776 union all select 5, 2.571 union all select 6, 2.447 union all select 7, 2.365 union all select 8, 2.306
    union all select 9, 2.262 union all select 10, 2.228 union all select 12, 2.179 union all select 15, 2.131 union all select 20, 2.086 union all select 30, 2.042
  ) t on l.n >= 5 and l.fewest >= 30 and t.df = (select max(d) from (select 3 as d union all select 4 union all select 5 union all select 6 union all select 7 union all select 8
    union all select 9 union all select 10 union all select 12 union all select 15 union all select 20 union all select 30) where d <= l.n - 2)
),
moved as materialized (
  select actor, substr(coalesce(starts, ends), 1, 4) as year,
    1.0 * sum(case when movement = 'recruited' and sex = 'women' then people end)
      / nullif(coalesce(sum(case when movement = 'recruited' and coalesce(sex, 'total') = 'total' then people end), sum(case when movement = 'recruited' and sex <> 'total' then people end)), 0) as recruits,
    1.0 * sum(case when movement <> 'recruited' and sex = 'women' then people end)
      / nullif(coalesce(sum(case when movement <> 'recruited' and coalesce(sex, 'total') = 'total' then people end), sum(case when movement <> 'recruited' and sex <> 'total' then people end)), 0) as leavers
  from movements_once where movement <> 'promoted' and rank_band is null group by 1, 2
)
select cast(s.year as integer) as year, s.actor, s.body_name, s.mission, s.country, case s.list when 'not_stated' then null else s.list end as strength_list,
  s.women, s.men, s.people, s.share as share_of_women, nullif(rtrim(case when instr(s.held, 'women') then 'women share_of_women ' else '' end
    || case when instr(s.held, 'total') or instr(s.held, 'people') then 'people share_of_women ' else '' end
    || case when instr(' ' || s.held, ' men') then 'men' else '' end), '') as withheld,
  v.recruits as share_of_recruits, v.leavers as share_of_leavers, v.recruits - v.leavers as inflow_gap,
  s.n as years_counted,
  case when s.margin is not null and s.slope > 0 and :target / 100.0 > s.my then cast(round(s.mx + (:target / 100.0 - s.my) / s.slope) as integer) end as target_year,
  case when s.margin is not null and s.slope > 0 and :target / 100.0 > s.my then cast(round(s.mx + (:target / 100.0 - s.my) / (s.slope + s.margin)) as integer) end as target_from,
  case when s.margin is not null and s.slope - s.margin > 0 and :target / 100.0 > s.my then cast(round(s.mx + (:target / 100.0 - s.my) / (s.slope - s.margin)) as integer) end as target_to
from sloped s
left join moved v on v.actor = s.actor and v.year = s.year
order by s.mission is not null, case when :country = '' then -s.n else s.n = 0 end, s.country, max(s.people) over (partition by s.actor, s.mission, s.body_name, s.country) desc, s.body_name, s.year
