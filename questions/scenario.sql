-- order = 37
-- group = "plan"
-- needs = ["actor"]
-- parts = ["called", "named_parts", "budgets_once", "movements_once"]
-- title = { en = "Is the plan affordable?", fr = "Le plan est-il finançable ?", ar = "هل الخطة في حدود المقدور؟" }
-- why = { en = "A force is paid for thirty years, and agreed in an afternoon.", fr = "Une force se paie trente ans et se décide en un après-midi.", ar = "القوة تُدفع أجورها ثلاثين سنة وتُقرَّر في عصر يوم." }
-- [rule]
-- en = "The people of an institution carried forward year by year, from its last list up to the day of validity (payroll, else nominal roll, census, list not stated, estimate). Each year a share leaves, as many join as are recruited, and a share of junior officers and other ranks is promoted to senior officers and non-commissioned officers; generals and people of no stated rank are not promoted. Recruits of whom nothing is said are other ranks, or of no stated rank where the list has no ranks. Pay is the mean pay of each band, else of the list, and grows each year; other costs are a share of pay. What is left empty is taken from the register: recruits and leavers of the last year in which they are on record (women and men together, where nothing is said of all), else none. Envelope: domestic budget lines of the last year (spent, else released, approved) in the same currency, or the amount that is said; it grows each year. Gap: cost less envelope; for the plan, its strength (the last establishment, or what is said) times the mean cost of that year. What is not on record stays unknown: without pay there is no cost. A scenario is a calculation, not a forecast."
-- fr = "Le personnel d’une institution projeté année par année depuis sa dernière liste au jour de validité (solde, sinon contrôle nominatif, recensement, liste non précisée, estimation). Chaque année une part s’en va, les recrues arrivent, et une part des officiers subalternes et des militaires du rang est promue ; les officiers généraux et les grades non précisés ne le sont pas. Les recrues sont des militaires du rang, ou sans grade si la liste n’en a pas. Rémunération moyenne par tranche, sinon de la liste, croissante ; autres coûts en part de la rémunération. Ce qui est vide vient du registre : recrues et départs de la dernière année connue (femmes et hommes ensemble si rien n’est dit de tous), sinon aucun. Enveloppe : lignes budgétaires nationales de la dernière année (dépensé, sinon débloqué, approuvé) dans la même monnaie, ou le montant indiqué, croissante. Écart : coût moins enveloppe ; pour le plan, son effectif (dernier tableau d’effectifs ou chiffre indiqué) × coût moyen de l’année. L’inconnu reste inconnu. Un scénario est un calcul, non une prévision."
-- ar = "أفراد المؤسسة سنة بعد سنة من آخر قوائمها حتى يوم السريان (كشف الرواتب وإلا فالسجل الاسمي فالتعداد فقائمة غير مذكورة فتقدير). كل سنة تغادر نسبة، وينضم عدد المجندين، وتُرقّى نسبة من الضباط الصغار والجنود إلى ضباط كبار وضباط صف؛ ولا يُرقّى القادة ومن لم تُذكر رتبته. والمجندون جنود، أو بلا رتبة إن خلت القائمة من الرتب. والأجر متوسط كل فئة وإلا فمتوسط القائمة، وينمو كل سنة؛ والتكاليف الأخرى نسبة من الأجر. وما تُرك فارغًا فمن السجل: مجندو آخر سنة مسجلة ومغادروها (النساء والرجال معًا إن لم يُذكر الجميع)، وإلا فلا شيء. السقف: بنود الميزانية المحلية لآخر سنة (المصروف وإلا فالمحرر فالمعتمد) بالعملة نفسها أو المبلغ المذكور، وينمو كل سنة. الفجوة: الكلفة ناقص السقف؛ وللخطة قوامها (آخر ملاك أو ما يُذكر) في متوسط كلفة السنة. وما لم يُسجل يبقى مجهولًا. والسيناريو حساب لا توقع."
-- [[draw]]
-- form = "series"
-- at = "year"
-- value = "cost"
-- title = { en = "What it costs", fr = "Ce que cela coûte", ar = "كم تكلف" }
-- unit = { en = "Cost of the people of that year, in the currency of the list", fr = "Coût du personnel de l’année, dans la monnaie de la liste", ar = "كلفة أفراد السنة بعملة القائمة" }
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Institution (name or identifier)", fr = "Institution (nom ou identifiant)", ar = "المؤسسة (الاسم أو المعرّف)" }
-- [[parameter]]
-- name = "recruits"
-- number = true
-- label = { en = "Recruits a year", fr = "Recrues par an", ar = "المجندون في السنة" }
-- [[parameter]]
-- name = "attrition"
-- number = true
-- label = { en = "Leavers a year, per cent", fr = "Départs par an, en %", ar = "المغادرون في السنة، بالمئة" }
-- [[parameter]]
-- name = "promotion"
-- number = true
-- default = "0"
-- label = { en = "Promoted a year, per cent", fr = "Promus par an, en %", ar = "المرقَّون في السنة، بالمئة" }
-- [[parameter]]
-- name = "pay"
-- number = true
-- label = { en = "Mean pay a year, where none is on record", fr = "Rémunération annuelle moyenne, si elle manque", ar = "متوسط الأجر السنوي إن لم يُسجل" }
-- [[parameter]]
-- name = "pay_growth"
-- number = true
-- default = "0"
-- label = { en = "Growth of pay a year, per cent", fr = "Hausse des rémunérations par an, en %", ar = "نمو الأجور في السنة، بالمئة" }
-- [[parameter]]
-- name = "other_costs"
-- number = true
-- default = "0"
-- label = { en = "Other costs, per cent of pay", fr = "Autres coûts, en % de la rémunération", ar = "تكاليف أخرى، بالمئة من الأجر" }
-- [[parameter]]
-- name = "plan"
-- number = true
-- label = { en = "Strength of the plan", fr = "Effectif prévu", ar = "قوام الخطة" }
-- [[parameter]]
-- name = "envelope"
-- number = true
-- label = { en = "Domestic envelope of the first year", fr = "Enveloppe nationale la première année", ar = "السقف المحلي في السنة الأولى" }
-- [[parameter]]
-- name = "envelope_growth"
-- number = true
-- default = "0"
-- label = { en = "Growth of the envelope a year, per cent", fr = "Hausse de l’enveloppe par an, en %", ar = "نمو السقف في السنة، بالمئة" }
-- [[parameter]]
-- name = "years"
-- number = true
-- default = "10"
-- label = { en = "Years", fr = "Années", ar = "السنوات" }
with whom as materialized (select record, name from actor where record = :actor or folded(name) = folded(:actor) or folded(acronym) = folded(:actor)),
told as materialized (
  select s.institution as actor, coalesce(s.list, 'not_stated') as list, coalesce(s.day, cast(s.year as text)) as day, s.rank_band, s.function is null and s.place is null as whole,
    coalesce(s.total, s.people, s.women + s.men) as people, s.mean_pay, s.currency, s.said_at, s.record,
    -- Of several reports of the same, the one that was said last.
    max(coalesce(s.said_at, '') || ' ' || s.record) as newest
  from strength s
  where s.institution in (select record from whom) and coalesce(s.sex, 'total') = 'total' and coalesce(s.day, cast(s.year as text)) <= :valid_on and s.record not in (select record from named_parts)
    and coalesce(s.total, s.people, s.women + s.men) is not null
  group by s.institution, coalesce(s.service, ''), coalesce(s.list, 'not_stated'), coalesce(s.day, cast(s.year as text)), s.rank_band, s.function, s.place
),
first as materialized (
  select * from (
    select actor, list, day, people, mean_pay, currency, substr(day, 1, 4) as year, row_number() over (partition by actor order by substr(day, 1, 4) desc,
      case list when 'payroll' then 0 when 'nominal_roll' then 1 when 'census' then 2 when 'not_stated' then 3 when 'estimate' then 4 end, day desc, said_at desc, record desc) as nth
    from told where whole and rank_band is null and people is not null and list in ('payroll', 'nominal_roll', 'census', 'not_stated', 'estimate'))
  where nth = 1
),
establishment as materialized (
  select actor, people from (
    select actor, people, row_number() over (partition by actor order by day desc, said_at desc, record desc) as nth
    from told where whole and rank_band is null and list = 'establishment' and people is not null)
  where nth = 1
),
-- Few counts are of a band as a whole: what is part of one is looked for in these alone.
wholes as materialized (
  select distinct t.actor, t.rank_band from first f join told t on t.actor = f.actor and t.list = f.list and t.day = f.day
  where t.whole and t.rank_band in ('general', 'senior', 'junior', 'warrant', 'nco', 'ranks')
),
-- A row an institution: people and mean pay of each band.
bands as materialized (
  select actor, sum(people) as banded,
    sum(case band when 'general' then people end) as general, 1.0 * sum(case band when 'general' then paid end) / sum(case when band = 'general' and paid is not null then people end) as pay_general,
    sum(case band when 'senior' then people end) as senior, 1.0 * sum(case band when 'senior' then paid end) / sum(case when band = 'senior' and paid is not null then people end) as pay_senior,
    sum(case band when 'junior' then people end) as junior, 1.0 * sum(case band when 'junior' then paid end) / sum(case when band = 'junior' and paid is not null then people end) as pay_junior,
    sum(case band when 'warrant' then people end) as warrant, 1.0 * sum(case band when 'warrant' then paid end) / sum(case when band = 'warrant' and paid is not null then people end) as pay_warrant,
    sum(case band when 'nco' then people end) as nco, 1.0 * sum(case band when 'nco' then paid end) / sum(case when band = 'nco' and paid is not null then people end) as pay_nco,
    sum(case band when 'ranks' then people end) as ranks, 1.0 * sum(case band when 'ranks' then paid end) / sum(case when band = 'ranks' and paid is not null then people end) as pay_ranks
  from (
    select t.actor, r.category as band, t.people, t.people * t.mean_pay as paid
    from first f join told t on t.actor = f.actor and t.list = f.list and t.day = f.day join code r on r.list = 'rank_band' and r.code = t.rank_band
    -- Officers as a whole are in no band of their own: who is in none stands beside them. A band as a whole has its ranks in it.
    where t.whole and r.category in ('general', 'senior', 'junior', 'warrant', 'nco', 'ranks')
      and not exists (select 1 from wholes w where w.rank_band = r.parent and w.rank_band = r.category and w.actor = t.actor))
  group by actor
),
-- Who came and went, of all where that is said of a time, else of women and men together.
moved as materialized (
  select actor, substr(time, 1, 4) as year, sum(case when movement = 'recruited' then people end) as recruits,
    sum(case when movement not in ('recruited', 'promoted') then people end) as leavers, row_number() over (partition by actor order by substr(time, 1, 4) desc) as nth
  from (
    select m.actor, m.movement, coalesce(m.starts, m.ends) as time, coalesce(sum(case when coalesce(m.sex, 'total') = 'total' then people end), sum(people)) as people
    from movements_once m join whom w on w.record = m.actor
    where m.rank_band is null and coalesce(m.starts, m.ends) <= :valid_on group by m.actor, m.movement, m.starts, m.ends
  )
  group by 1, 2
),
domestic as materialized (
  select actor, currency, coalesce(spent, released, approved) as amount from (
    select b.institution as actor, substr(b.year, 1, 4) as year, b.currency, b.economic_class is not null as breakdown, sum(b.spent) as spent, sum(b.released) as released,
      sum(b.approved) as approved, row_number() over (partition by b.institution order by substr(b.year, 1, 4) desc, b.economic_class is not null) as nth
    from budgets_once b join whom w on w.record = b.institution where b.money_source = 'domestic' and b.year <= :valid_on
      and substr(coalesce(b.until_year, b.year), 1, 4) = substr(b.year, 1, 4)
    group by b.institution, substr(b.year, 1, 4), b.currency, b.economic_class is not null)
  where nth = 1
),
-- What is said, else what is on record.
start as materialized (
  select f.actor, w.name as actor_name, f.list, cast(f.year as integer) as year, f.currency, 1.0 * coalesce(nullif(:recruits, ''), m.recruits, 0) as recruits,
    case when :attrition = '' then coalesce(1.0 * m.leavers / nullif(f.people, 0), 0) else :attrition / 100.0 end as attrition,
    :promotion / 100.0 as promotion, :pay_growth / 100.0 as pay_growth, 1 + :other_costs / 100.0 as costs, :envelope_growth / 100.0 as envelope_growth,
    1.0 * coalesce(nullif(:plan, ''), e.people) as plan,
    1.0 * coalesce(nullif(:envelope, ''), case when d.currency is f.currency or d.currency is null or f.currency is null then d.amount end) as envelope,
    coalesce(f.mean_pay, nullif(:pay, '') * 1.0) as pay, coalesce(b.banded, 0) as banded, max(f.people - coalesce(b.banded, 0), 0.0) as other,
    coalesce(b.general, 0.0) as general, coalesce(b.senior, 0.0) as senior, coalesce(b.junior, 0.0) as junior, coalesce(b.warrant, 0.0) as warrant, coalesce(b.nco, 0.0) as nco, coalesce(b.ranks, 0.0) as ranks,
    coalesce(b.pay_general, f.mean_pay, nullif(:pay, '') * 1.0) as pay_general, coalesce(b.pay_senior, f.mean_pay, nullif(:pay, '') * 1.0) as pay_senior, coalesce(b.pay_junior, f.mean_pay, nullif(:pay, '') * 1.0) as pay_junior, coalesce(b.pay_warrant, f.mean_pay, nullif(:pay, '') * 1.0) as pay_warrant, coalesce(b.pay_nco, f.mean_pay, nullif(:pay, '') * 1.0) as pay_nco, coalesce(b.pay_ranks, f.mean_pay, nullif(:pay, '') * 1.0) as pay_ranks
  from first f join whom w on w.record = f.actor left join establishment e on e.actor = f.actor left join moved m on m.actor = f.actor and m.nth = 1
  left join domestic d on d.actor = f.actor left join bands b on b.actor = f.actor
),
-- What a year asks of the start goes along with it: read again, all that the start rests on would be worked out once more.
ahead (n, actor, general, senior, junior, warrant, nco, ranks, other, joined, leavers, promoted, pay_factor, envelope_factor,
  recruits, attrition, promotion, pay_growth, envelope_growth, banded, actor_name, began, list, currency, plan, envelope, pay, pay_general, pay_senior, pay_junior, pay_warrant, pay_nco, pay_ranks) as (
  select 0, actor, general, senior, junior, warrant, nco, ranks, other, null, null, null, costs, 1.0,
    recruits, attrition, promotion, pay_growth, envelope_growth, banded, actor_name, year, list, currency, plan, envelope, pay, pay_general, pay_senior, pay_junior, pay_warrant, pay_nco, pay_ranks
  from start
  union all
  select n + 1, actor, general * (1 - attrition), senior * (1 - attrition) + junior * (1 - attrition) * promotion,
    junior * (1 - attrition) * (1 - promotion), warrant * (1 - attrition), nco * (1 - attrition) + ranks * (1 - attrition) * promotion,
    ranks * (1 - attrition) * (1 - promotion) + iif(banded > 0, recruits, 0), other * (1 - attrition) + iif(banded > 0, 0, recruits), recruits,
    (general + senior + junior + warrant + nco + ranks + other) * attrition, (junior + ranks) * (1 - attrition) * promotion,
    pay_factor * (1 + pay_growth), envelope_factor * (1 + envelope_growth),
    recruits, attrition, promotion, pay_growth, envelope_growth, banded, actor_name, began, list, currency, plan, envelope, pay, pay_general, pay_senior, pay_junior, pay_warrant, pay_nco, pay_ranks
  from ahead where n < min(max(cast(:years as integer), 1), 40)
),
priced as (
  select n, actor, actor_name, began + n as year, list, currency, joined, leavers, promoted, plan, envelope * envelope_factor as envelope,
    general + senior + junior + warrant + nco + ranks + other as people,
    -- Of a band without people the pay is not asked.
    (iif(general > 0, general * pay_general, 0) + iif(senior > 0, senior * pay_senior, 0) + iif(junior > 0, junior * pay_junior, 0)
      + iif(warrant > 0, warrant * pay_warrant, 0) + iif(nco > 0, nco * pay_nco, 0) + iif(ranks > 0, ranks * pay_ranks, 0)
      + iif(other > 0, other * pay, 0)) * pay_factor as cost
  from ahead
)
select actor, actor_name, year, case list when 'not_stated' then null else list end as strength_list, round(people) as people, round(joined) as recruits, round(leavers) as leavers,
  round(promoted) as promoted, 1.0 * cost / nullif(people, 0) as cost_per_head, cost, envelope, cost - envelope as fiscal_gap, plan as plan_strength,
  1.0 * plan * cost / nullif(people, 0) as plan_cost, 1.0 * plan * cost / nullif(people, 0) - envelope as plan_gap, currency
from priced
order by actor_name, actor, year
