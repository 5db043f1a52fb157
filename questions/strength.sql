-- order = 36
-- group = "people"
-- made_of = ["strength"]
-- parts = ["actor_names", "called", "rank_wholes", "meant", "elsewhere", "named_parts", "budgets_once"]
-- title = { en = "How many there really are", fr = "Combien ils sont vraiment", ar = "كم عددهم حقًا" }
-- why = { en = "Establishment, roll, payroll and census rarely agree; the difference is pay for people whom nobody has seen.", fr = "Tableau d’effectifs, contrôle nominatif, solde et recensement concordent rarement ; l’écart est une solde pour des gens que personne n’a vus.", ar = "نادرًا ما تتفق الملاك والسجل وكشف الرواتب والتعداد؛ والفرق أجر لأشخاص لم يرهم أحد." }
-- [rule]
-- en = "Lists of an institution in a year side by side, each by its last day of the year up to the day of validity. A body that a source only names is the institution that alone has that name, acronym or other name in the country. What a list counts of an institution under another name than its own, beside another count of it, stands under that name and is not added. A list counts as its source states the whole, else the sum of its ranks (officers as a whole once, without the ranks that are in it, and only where officers and other ranks are both counted), functions or places; where two reports of the same disagree, the one recorded last, and the row says so. Fill rate: nominal roll by establishment. Payroll less census: people paid whom the census did not see (below zero: seen and not paid); its value is that difference times mean pay, as stated, else pay spent by people on the payroll. Ghost rate: records of the payroll without a verified person, by the payroll, where a source counted them; for lists that were taken in line by line, “Who stands on which list” matches them. Lists of different days (see days apart) differ for that reason too. A list that nobody reported is unknown, not zero. Missions’ own staff stand under “Where the women are”. What names no country is of the one that the workspace is about."
-- fr = "Les listes d’une institution par année, côte à côte, chacune à son dernier jour de l’année jusqu’au jour de validité. Un organe seulement nommé par la source est l’institution qui porte seule ce nom, sigle ou autre nom dans le pays. Ce qu’une liste compte d’une institution sous un autre nom que le sien, à côté d’un autre compte, figure sous ce nom et n’est pas ajouté. Une liste compte pour le total énoncé par sa source, sinon pour la somme de ses grades (un ensemble d’officiers une fois, sans les grades qu’il contient, et seulement si officiers et autres grades sont comptés), fonctions ou lieux ; si deux rapports divergent, le dernier enregistré, et la ligne le dit. Taux de remplissage : contrôle nominatif ÷ tableau d’effectifs. Solde moins recensement : payés que le recensement n’a pas vus (négatif : vus et non payés) ; sa valeur est cet écart × rémunération moyenne, énoncée, sinon rémunérations dépensées ÷ personnes à la solde. Taux de fantômes : lignes de solde sans personne vérifiée ÷ solde, si une source les a comptées ; les listes reprises ligne par ligne sont rapprochées sous « Qui figure sur quelle liste ». Des listes de jours différents (voir l’écart en jours) diffèrent aussi pour cela. Une liste non rapportée est inconnue, pas nulle. Le personnel des missions figure sous « Où sont les femmes ». Ce qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "قوائم المؤسسة في السنة جنبًا إلى جنب، كل منها بآخر أيامها في السنة حتى يوم السريان. والجهة المذكورة بالاسم فقط هي المؤسسة التي تنفرد بذلك الاسم أو المختصر أو الاسم الآخر في البلد. وما تعدّه قائمة من مؤسسة باسم غير اسمها إلى جانب عدد آخر لها يظهر بذلك الاسم ولا يُجمع. تُحتسب القائمة بالمجموع الذي يذكره مصدرها، وإلا فبمجموع رتبها (جملة الضباط مرة واحدة دون الرتب التي فيها، وفقط حيث عُدّ الضباط وغيرهم) أو وظائفها أو أماكنها؛ وإن اختلف تقريران عن الشيء نفسه فالأخير تسجيلًا، ويذكر السطر ذلك. نسبة الإشغال: السجل الاسمي إلى الملاك. كشف الرواتب ناقص التعداد: من يُدفع لهم ولم يرهم التعداد (سالب: شوهدوا ولا يُدفع لهم)، وقيمته هذا الفرق في متوسط الأجر كما ذُكر وإلا فالأجور المصروفة على عدد كشف الرواتب. نسبة الأسماء الوهمية: قيود الرواتب بلا شخص متحقق منه إلى كشف الرواتب إن عدّها مصدر، والقوائم التي أُدخلت سطرًا سطرًا يطابقها سؤال «من يرد في أي قائمة». والقوائم من أيام مختلفة تختلف لهذا أيضًا. وما لم يُبلَّغ عنه مجهول لا صفر. وأفراد البعثات تحت «أين النساء». وما لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Institution or unit (name or identifier)", fr = "Institution ou unité (nom ou identifiant)", ar = "المؤسسة أو الوحدة (الاسم أو المعرّف)" }
-- [[parameter]]
-- name = "year"
-- number = true
-- label = { en = "Year", fr = "Année", ar = "السنة" }
with told as materialized (
  select coalesce(s.institution, n.record) as actor,
    case when p.record is not null then s.service else coalesce(i.name, iif(s.institution is not null, coalesce(a.name, s.institution), null), a.name, n.name, s.service) end as body_name, coalesce(a.country, s.country, home_country()) as country,
    coalesce(s.day, cast(s.year as text)) as day, coalesce(s.list, 'not_stated') as list, s.sex, s.women, s.men, s.total, s.people, s.unverified, s.mean_pay, s.currency,
    (s.rank_band is not null) || (s.function is not null) || (s.place is not null) as breakdown,
    case when s.sex is null or s.sex = 'total' then coalesce(s.total, s.people) end as whole,
    case when s.sex = 'women' then s.people else s.women end as of_women, case when s.sex = 'men' then s.people else s.men end as of_men,
    s.source, s.url, s.said_at, s.record, s.rank_band, s.function, s.place,
    -- Counts that are held back from the reader, by the names of their fields; what is of one sex is of that.
    case when s.women is null or s.men is null or s.total is null and s.people is null then (
      select case when s.sex in ('women', 'men') then replace(max(x.withheld), 'people', s.sex) else max(x.withheld) end
      from strength_statement x where x.record = s.record) end as held
  from strength s left join called n on s.institution is null and s.mission is null and n.called = folded(s.service) and n.country = s.country
  left join actor a on a.record = coalesce(s.institution, n.record)
  left join actor_names i on i.record = s.institution
  left join named_parts p on p.record = s.record
  where (s.institution is null
      or (:actor = '' or s.institution in (select record from meant) or folded(s.institution) = folded(:actor)) and s.institution not in (select record from elsewhere))
    and (s.mission is null or s.institution is not null) and coalesce(s.institution, s.service) is not null
    and coalesce(s.day, cast(s.year as text)) <= :valid_on
    and (:country = '' or coalesce(a.country, s.country, home_country()) = :country)
    and (:year = '' or substr(coalesce(s.day, s.year), 1, 4) = :year)
    and (:actor = '' or coalesce(s.institution, n.record) = :actor or folded(coalesce(i.name, iif(s.institution is not null, coalesce(a.name, s.institution), null), s.service)) = folded(:actor) or folded(a.acronym) = folded(:actor))
),
-- Of several reports of the same, the one that was said last, in whichever workspace: of a group, SQLite takes what is not added up from
-- the row with the greatest.
latest as materialized (
  -- A part says its people as a whole, else as women and men.
  select *, case when whole is not null then whole
      when sum(whole) over part is null and sum(of_women) over part + sum(of_men) over part is not null then coalesce(of_women + of_men, of_women, of_men) end as own_people,
    -- Where ranks stand below a whole, they are in it.
    rank_band in (select whole from rank_wholes) as is_whole
  from (
    select *, case when count(coalesce(whole, of_women, of_men)) > 0 then count(distinct coalesce(whole, of_women, of_men)) > 1 end as disputed,
      max(coalesce(said_at, '') || ' ' || record) as newest
    from told group by actor, body_name, country, list, day, sex, rank_band, function, place)
  window part as (partition by actor, body_name, country, list, day, rank_band, function, place)
),
-- Few counts are of a whole: the ranks are looked for in these alone.
wholes as materialized (
  select w.*, p.part from latest w join rank_wholes p on p.whole = w.rank_band
),
counted as materialized (
  select actor, body_name, country, substr(day, 1, 4) as year, list, day, breakdown,
    -- A sum without the counts that are held back would pass for the whole.
    case when sum(held is not null and whole is null) > 0 then null when max(is_whole) then coalesce(sum(whole), sum(of_women) + sum(of_men)) else sum(own_people) end as people, count(held) > 0 as is_held, sum(unverified) as unverified,
    -- The mean over the ranks is that of their people, where each states its pay, in one currency.
    case when count(distinct currency) < 2 then coalesce(
      case when count(case when mean_pay is not null then whole end) = count(whole) then 1.0 * sum(mean_pay * whole) / nullif(sum(whole), 0) end,
      case when count(whole) = 0 and count(mean_pay) = count(*) then 1.0 * sum(mean_pay * coalesce(of_women + of_men, of_women, of_men)) / nullif(sum(coalesce(of_women + of_men, of_women, of_men)), 0) end
    ) end as mean_pay,
    case when count(distinct currency) = 1 then max(currency) end as currency,
    max(disputed) as disputed, max(source) as source, url_of(source, url) as url
  from latest l left join (select part, whole as side from rank_wholes where whole in ('officers', 'enlisted')) x on x.part = l.rank_band
  where (l.rank_band is null or not exists (select 1 from wholes w where w.part = l.rank_band
    and w.day = l.day and w.list = l.list and w.body_name = l.body_name and w.actor is l.actor and w.country is l.country and w.sex is l.sex
      and w.function is l.function and w.place is l.place))
  group by actor, body_name, country, list, day, breakdown
  -- Officers alone are not the whole.
  having breakdown not like '1%' or count(distinct case when coalesce(side, rank_band) in ('officers', 'enlisted') then coalesce(side, rank_band) end) = 2
),
-- The whole where it is stated, else the sum of ranks, else of functions or places; and of a year the last day.
whole as materialized (
  select *, row_number() over (partition by actor, body_name, country, year, list order by day desc, breakdown = '000' desc, breakdown desc) as nth
  from counted where people is not null
),
held_lists as materialized (
  select actor, body_name, country, year, group_concat(case list when 'not_stated' then 'list_not_stated' else list end, ' ') as withheld
  from counted c where is_held and people is null and not exists (select 1 from whole w
    where w.list = c.list and w.year = c.year and w.body_name = c.body_name and w.actor is c.actor and w.country is c.country)
  group by actor, body_name, country, year
),
paid as materialized (
  select institution, substr(year, 1, 4) as year, currency, sum(spent) as pay from budgets_once
  where economic_class = 'pay' and money_source is not 'off_budget' and substr(coalesce(until_year, year), 1, 4) = substr(year, 1, 4) group by 1, 2, 3
),
side as (
  select actor, body_name, country, year,
    max(case list when 'establishment' then people end) as establishment, max(case list when 'nominal_roll' then people end) as nominal_roll,
    max(case list when 'payroll' then people end) as payroll, max(case list when 'census' then people end) as census,
    max(case list when 'trained' then people end) as trained, max(case list when 'un_contribution' then people end) as un_contribution,
    max(case list when 'estimate' then people end) as estimate, max(case list when 'not_stated' then people end) as list_not_stated,
    max(case list when 'payroll' then unverified end) as unverified, max(case list when 'payroll' then mean_pay end) as mean_pay,
    max(case list when 'payroll' then currency end) as currency, max(disputed) as disputed,
    case when count(distinct day) > 1 and min(length(day)) = 10 then cast(julianday(max(day)) - julianday(min(day)) as integer) end as days_apart,
    max(source) as source, url_of(source, url) as url
  from whole where nth = 1 group by actor, body_name, country, year
)
select s.actor, s.body_name, s.country, s.year, establishment, nominal_roll, payroll, census, trained, un_contribution, estimate, list_not_stated,
  1.0 * nominal_roll / nullif(establishment, 0) as fill_rate, payroll - census as payroll_less_census, 1.0 * unverified / nullif(payroll, 0) as ghost_rate,
  coalesce(s.mean_pay, 1.0 * p.pay / nullif(payroll, 0)) as mean_pay, (payroll - census) * coalesce(s.mean_pay, 1.0 * p.pay / nullif(payroll, 0)) as difference_value,
  case when coalesce(s.mean_pay, p.pay) is not null then coalesce(s.currency, p.currency) end as currency, h.withheld, days_apart, disputed, s.source, s.url
from side s
left join held_lists h on h.actor is s.actor and h.body_name = s.body_name and h.country is s.country and h.year = s.year
left join paid p on p.institution = s.actor and p.year = s.year and s.mean_pay is null
order by s.country, s.body_name, s.year desc, p.currency
