-- order = 35
-- group = "people"
-- made_of = ["strength"]
-- parts = ["actor_names", "called", "rank_wholes", "meant", "elsewhere", "named_parts"]
-- title = { en = "Women by rank", fr = "Femmes par grade", ar = "النساء بحسب الرتبة" }
-- why = { en = "Who is let in at the bottom and never rises has no say.", fr = "Qui entre en bas et ne monte jamais n’a pas voix au chapitre.", ar = "من يُقبل في القاعدة ولا يرتقي أبدًا لا رأي له." }
-- [rule]
-- en = "People of an institution in a year by band of ranks (NATO codes), by the last day up to the day of validity of the nominal roll, else payroll, census, a list not stated. Where a source counts officers or enlisted people as a whole, the whole stands beside its bands and is counted once. Where two reports of the same disagree, the one recorded last. Ceiling ratio: the share of women at OF-3 and above by their share over all ranks on record; 1 where rank makes no difference. Unknown where women or all people of the senior bands are not on record. A body that a source only names is the institution that alone has that name, acronym or other name in the country. In bands of fewer than 30 one person moves the share much: see all people. What a list counts of an institution under another name than its own, beside another count of it, stands under that name and is not added. What names no country is of the one that the workspace is about."
-- fr = "Personnel d’une institution par année et tranche de grades (codes OTAN), au dernier jour jusqu’au jour de validité du contrôle nominatif, sinon de la solde, du recensement, d’une liste non précisée. Si une source compte les officiers, ou les sous-officiers et militaires du rang, en bloc, l’ensemble figure à côté de ses tranches et n’est compté qu’une fois. Si deux rapports divergent, le dernier enregistré. Rapport de plafond : part des femmes à OF-3 et plus ÷ leur part sur tous les grades enregistrés ; 1 si le grade n’y change rien. Inconnu si les femmes ou l’ensemble des tranches supérieures ne sont pas enregistrés. Un organe seulement nommé par la source est l’institution qui porte seule ce nom, sigle ou autre nom dans le pays. Dans une tranche de moins de 30, une personne change beaucoup la part : voir l’ensemble. Ce qu’une liste compte d’une institution sous un autre nom que le sien, à côté d’un autre compte, figure sous ce nom et n’est pas ajouté. Ce qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "أفراد المؤسسة في السنة بحسب فئة الرتب (رموز الناتو) في آخر يوم حتى يوم السريان من السجل الاسمي وإلا فكشف الرواتب فالتعداد فقائمة غير مذكورة. وحيث يعدّ المصدر الضباط أو ضباط الصف والجنود جملةً تظهر الجملة بجانب فئاتها ولا تُحتسب إلا مرة واحدة. وإن اختلف تقريران عن الشيء نفسه فالأخير تسجيلًا. نسبة السقف: نسبة النساء في OF-3 فما فوق إلى نسبتهن في كل الرتب المسجلة، وهي 1 حيث لا تُحدث الرتبة فرقًا. مجهولة إن لم تُسجل نساء الفئات العليا أو جميع أفرادها. والجهة المذكورة بالاسم فقط هي المؤسسة التي تنفرد بذلك الاسم أو المختصر أو الاسم الآخر في البلد. وفي فئة تقل عن 30 يغيّر شخص واحد النسبة كثيرًا: انظر الجميع. وما تعدّه قائمة من مؤسسة باسم غير اسمها إلى جانب عدد آخر لها يظهر بذلك الاسم ولا يُجمع. وما لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل."
-- [[draw]]
-- form = "dots"
-- label = "rank_group"
-- group = "body_year"
-- value = "share_of_women"
-- unit = { en = "Women among all people of the band, per cent", fr = "Femmes parmi tout le personnel de la tranche, en %", ar = "النساء بين جميع أفراد الفئة، نسبة مئوية" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Institution or unit (name or identifier)", fr = "Institution ou unité (nom ou identifiant)", ar = "المؤسسة أو الوحدة (الاسم أو المعرّف)" }
with told as materialized (
  select coalesce(s.institution, n.record) as actor, case when p.record is not null then s.service else coalesce(i.name, iif(s.institution is not null, coalesce(a.name, s.institution), null), a.name, n.name, s.service) end as body_name, coalesce(a.country, s.country, home_country()) as country,
    substr(coalesce(s.day, s.year), 1, 4) as year, coalesce(s.day, cast(s.year as text)) as day, coalesce(s.list, 'not_stated') as list, s.rank_band, r.category as rank_group,
    (s.function is not null) || (s.place is not null) as breakdown,
    case when s.sex = 'women' then s.people else s.women end as women, case when s.sex = 'men' then s.people else s.men end as men,
    case when s.sex is null or s.sex = 'total' then coalesce(s.total, s.people) end as whole, s.source, s.url,
    s.sex, s.function, s.place, s.said_at, s.record,
    -- Counts that are held back from the reader, by the names of their fields; what is of one sex is of that.
    case when s.women is null or s.men is null or s.total is null and s.people is null then (
      select case when s.sex in ('women', 'men') then replace(max(x.withheld), 'people', s.sex) else max(x.withheld) end
      from strength_statement x where x.record = s.record) end as held
  from strength s join code r on r.list = 'rank_band' and r.code = s.rank_band left join called n on s.institution is null and s.mission is null and n.called = folded(s.service) and n.country = s.country
  left join actor a on a.record = coalesce(s.institution, n.record)
  left join actor_names i on i.record = s.institution
  left join named_parts p on p.record = s.record
  where (s.institution is null
      or (:actor = '' or s.institution in (select record from meant) or folded(s.institution) = folded(:actor)) and s.institution not in (select record from elsewhere))
    and coalesce(s.day, cast(s.year as text)) <= :valid_on and coalesce(s.list, '') not in ('establishment', 'trained')
    and (:country = '' or coalesce(a.country, s.country, home_country()) = :country)
    and (:actor = '' or coalesce(s.institution, n.record) = :actor or folded(coalesce(i.name, iif(s.institution is not null, coalesce(a.name, s.institution), null), s.service)) = folded(:actor) or folded(a.acronym) = folded(:actor))
),
-- Of several reports of the same, the one that was said last, as in the strength.
latest as materialized (
  -- Where a part of a band says its people and not its women, nobody knows how many women the band has; and so of its people. A part says them as a
  -- whole, else as women and men.
  select *, sum(women) over part is null as lacks_women, coalesce(sum(whole) over part, sum(women) over part + sum(men) over part) is null as lacks_people,
    case when whole is not null then whole
      when sum(whole) over part is null and sum(women) over part + sum(men) over part is not null then coalesce(women + men, women, men) end as own_people,
    -- Where ranks stand below a whole, what one does not say the other may.
    rank_band in (select whole from rank_wholes) as is_whole
  from (
    select *, max(coalesce(said_at, '') || ' ' || record) as newest
    from told group by actor, body_name, country, list, day, sex, rank_band, function, place)
  window part as (partition by actor, body_name, country, list, day, rank_band, function, place)
),
-- One list, one day and one way of breaking down for each institution and year.
chosen as materialized (
  select *, dense_rank() over (partition by actor, body_name, country, year order by case list when 'nominal_roll' then 0 when 'payroll' then 1 when 'census' then 2
    when 'not_stated' then 3 else 4 end, day desc, breakdown) as nth
  from latest
),
-- Few counts are of a whole: the ranks are looked for in these alone.
wholes as materialized (
  select w.*, p.part from chosen w join rank_wholes p on p.whole = w.rank_band where w.nth = 1
),
banded as materialized (
  select actor, body_name, country, year, day, list, rank_group, case when max(is_whole) or not max(lacks_women) then sum(women) end as women, sum(men) as men,
    case when max(is_whole) then coalesce(sum(whole), sum(women) + sum(men)) when not max(lacks_people) then sum(own_people) end as people, group_concat(held, ' ') as held, max(source) as source, url_of(source, url) as url
  from chosen c
  where nth = 1 and not exists (select 1 from wholes w where w.part = c.rank_band
    and w.rank_group = c.rank_group and w.body_name = c.body_name and w.year = c.year and w.actor is c.actor and w.country is c.country)
  group by actor, body_name, country, year, rank_group
),
-- All ranks together: officers as a whole and their bands say the same of the same people.
apart as materialized (
  select b.*, exists (select 1 from banded w join rank_wholes p on p.whole = w.rank_group and p.part = b.rank_group
    where w.women is not null and w.people is not null and w.body_name = b.body_name and w.year = b.year and w.actor is b.actor and w.country is b.country) as in_whole
  from banded b
),
weighed as (
  select b.*, c.category as level, c.position, group_concat(b.held, ' ') over body as held_of_body,
    case when not max(c.category = 'senior' and women is null) over body then sum(case when c.category = 'senior' then women end) over body end as senior_women, sum(case when c.category = 'senior' then people end) over body as senior_people,
    sum(case when women is not null and people is not null and not in_whole then women end) over body as all_women,
    sum(case when women is not null and not in_whole then people end) over body as all_people
  from apart b join code c on c.list = 'rank_group' and c.code = b.rank_group
  window body as (partition by actor, body_name, country, year)
)
select actor, body_name, country, cast(year as integer) as year, body_name || ' ' || year as body_year, case list when 'not_stated' then null else list end as strength_list, rank_group,
  women, men, people, case when people > 0 then 1.0 * women / people end as share_of_women,
  (1.0 * senior_women / nullif(senior_people, 0)) / nullif(1.0 * all_women / nullif(all_people, 0), 0) as ceiling_ratio,
  nullif(rtrim(case when s.held_of_body is not null then 'ceiling_ratio ' else '' end
    || case when instr(s.held, 'women') then 'women share_of_women ' else '' end
    || case when instr(s.held, 'total') or instr(s.held, 'people') then 'people share_of_women ' else '' end
    || case when instr(' ' || s.held, ' men') then 'men' else '' end), '') as withheld, source, url
from weighed s
order by country, body_name, year desc, position
