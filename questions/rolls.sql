-- order = 36
-- group = "people"
-- title = { en = "Who stands on which list", fr = "Qui figure sur quelle liste", ar = "من يرد في أي قائمة" }
-- why = { en = "Two lists may have the same length and not the same people: only number by number does it show who is paid and was never seen.", fr = "Deux listes peuvent avoir la même longueur et non les mêmes personnes : seul le rapprochement numéro par numéro montre qui est payé sans avoir été vu.", ar = "قد تتساوى قائمتان طولًا وتختلفان أشخاصًا: والمطابقة رقمًا برقم وحدها تُظهر من يُدفع له ولم يره أحد." }
-- [rule]
-- en = "Lists that were taken in line by line (`remit roll`), each as it last was up to the day of validity, two by two. Lines are matched by the keyed hash of their service numbers, in lists whose numbers are of the same scheme, whatever unit they stand under; letters in capitals, digits of any script as 0 to 9, spaces, dashes and other signs left out, noughts at the beginning kept. A number counts under the unit, rank and sex that the first list gives it, else the second. Doubled: numbers that stand more than once on the first list; elsewhere: under more than one unit. Unmatched: lines of the first list less numbers on both, so a doubled line and one without a number are unmatched too. Unmatched rate: unmatched by lines; of a payroll beside a census it is the ghost rate, if the census saw everybody. Value: unmatched lines times the mean pay a year of the lines of the same row that say it on the first list, else on the second, in one currency. Pay of the unmatched: what the first list says of each of these lines itself (of a number that stands on it more than once, the mean of its lines); of a line without pay, the mean of the row. Lists of different days differ for that reason too."
-- fr = "Listes reprises ligne par ligne (`remit roll`), chacune dans son dernier état au jour de validité, deux à deux. Les lignes sont rapprochées par l’empreinte à clé du matricule, entre listes dont les numéros relèvent du même système, quelle que soit l’unité ; lettres en capitales, chiffres de toute écriture ramenés à 0–9, espaces, tirets et autres signes omis, zéros de tête conservés. Un numéro compte sous l’unité, le grade et le sexe de la première liste, sinon de la seconde. Doublés : numéros présents plus d’une fois sur la première liste ; ailleurs : sous plus d’une unité. Non rapprochés : lignes de la première liste moins numéros communs, y compris lignes doublées et sans numéro. Taux : non rapprochés ÷ lignes ; pour une solde face à un recensement c’est le taux de fantômes, si le recensement a vu tout le monde. Valeur : lignes non rapprochées × rémunération annuelle moyenne des lignes de la même rangée qui l’indiquent sur la première liste, sinon sur la seconde, en une seule monnaie. Rémunération des non rapprochés : celle que la première liste indique pour chacune de ces lignes (d’un numéro présent plusieurs fois, la moyenne de ses lignes) ; pour une ligne sans rémunération, la moyenne de la rangée. Des listes de jours différents diffèrent aussi pour cette raison."
-- ar = "قوائم أُدخلت سطرًا سطرًا (`remit roll`)، كلٌّ كما كانت آخر مرة حتى يوم السريان، اثنتين اثنتين. تُطابق السطور ببصمة الرقم العسكري ذات المفتاح بين القوائم التي أرقامها من نظام واحد أيًّا كانت الوحدة؛ والحروف كبيرة، وأرقام كل الكتابات 0 إلى 9، وتُترك المسافات والشرطات وسائر العلامات، وتُحفظ الأصفار في البداية. ويُحسب الرقم تحت وحدته ورتبته وجنسه في القائمة الأولى وإلا فالثانية. المكرر: أرقام ترد أكثر من مرة في القائمة الأولى؛ وفي وحدة أخرى: تحت أكثر من وحدة. غير المطابق: سطور الأولى ناقص الأرقام المشتركة، فيدخل فيه السطر المكرر وما لا رقم له. النسبة: غير المطابق إلى السطور، وهي لكشف رواتب إزاء تعداد نسبةُ الأسماء الوهمية إن رأى التعداد الجميع. القيمة: غير المطابق في متوسط الأجر السنوي لسطور الصف نفسه التي تذكره في القائمة الأولى وإلا فالثانية، بعملة واحدة. أجر غير المطابق: ما تذكره القائمة الأولى لكل سطر منها نفسه (وللرقم الذي يرد أكثر من مرة متوسط سطوره)، وللسطر بلا أجر متوسط الصف. والقوائم من أيام مختلفة تختلف لهذا السبب أيضًا."
-- [[draw]]
-- form = "bars"
-- label = "actor_name"
-- value = "unmatched"
-- unit = { en = "Lines of the first list that the second does not match", fr = "Lignes de la première liste que la seconde ne confirme pas", ar = "سطور القائمة الأولى التي لا تطابقها الثانية" }
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Institution or unit (name or identifier)", fr = "Institution ou unité (nom ou identifiant)", ar = "المؤسسة أو الوحدة (الاسم أو المعرّف)" }
-- [[parameter]]
-- name = "list"
-- list = "strength_list"
-- default = "payroll"
-- label = { en = "First list", fr = "Première liste", ar = "القائمة الأولى" }
-- [[parameter]]
-- name = "against"
-- list = "strength_list"
-- default = "census"
-- label = { en = "Beside the list", fr = "Face à la liste", ar = "إزاء القائمة" }
-- [[parameter]]
-- name = "by"
-- list = "roll_cut"
-- label = { en = "By", fr = "Par", ar = "بحسب" }
with line as materialized (
  select scheme, service, list, day, institution, coalesce(number, 'line ' || record) as number, number is not null as numbered, rank_band, sex, pay, currency
  from roll_line where day <= :valid_on and list in (:list, :against)
),
edition as materialized (select scheme, service, list, max(day) as day from line group by 1, 2, 3),
-- Schemes of which both lists are on record.
both as materialized (
  select scheme, max(case list when :list then day end) as day, max(case list when :against then day end) as day_against
  from edition group by scheme having day is not null and day_against is not null and :list <> :against
),
-- Each number once, with how often it stands on either list.
numbered as materialized (
  select l.scheme, l.number, sum(l.list = :list) as times, sum(l.list = :against) as times_against, max(l.numbered) as numbered,
    coalesce(min(case l.list when :list then l.institution end), min(l.institution)) as actor,
    coalesce(min(case l.list when :list then l.rank_band end), min(l.rank_band)) as rank_band,
    coalesce(min(case l.list when :list then l.sex end), min(l.sex)) as sex,
    min(case l.list when :list then l.institution end) <> max(case l.list when :list then l.institution end) as elsewhere,
    -- Pay as the first list has it; the second's where that has none.
    sum(l.pay) filter (where l.list = :list) as pay, count(l.pay) filter (where l.list = :list) as paid,
    sum(l.pay) filter (where l.list = :against) as pay_against, count(l.pay) filter (where l.list = :against) as paid_against,
    min(l.currency) filter (where l.list = :list) as currency, max(l.currency) filter (where l.list = :list) as last_currency,
    min(l.currency) filter (where l.list = :against) as currency_against, max(l.currency) filter (where l.list = :against) as last_currency_against
  from line l
  join edition e on e.scheme = l.scheme and e.service = l.service and e.list = l.list and e.day = l.day
  where l.scheme in (select scheme from both)
  group by l.scheme, l.number
),
cut as materialized (
  select scheme, actor, case when :by in ('rank_group', 'rank_and_sex') then rank_band end as rank_band, case when :by in ('sex', 'rank_and_sex') then sex end as sex,
    sum(times) as lines, sum(case when numbered = 0 then times else 0 end) as without_number, sum(times > 1) as doubled, sum(coalesce(elsewhere, 0)) as elsewhere,
    sum(times > 0 and times_against > 0) as on_both, sum(times > 0 and times_against = 0 and numbered) as only_first, sum(times = 0 and numbered) as only_second,
    -- What the lines that are not matched are paid by the list itself, and of how many of them it does not say.
    sum(1.0 * pay * (times - (times_against > 0)) / times) filter (where times > 0) as pay_alone,
    sum(1.0 * (times - paid) * (times - (times_against > 0)) / times) filter (where times > 0) as unpaid_alone,
    sum(pay) as pay, sum(paid) as paid, sum(pay_against) as pay_against, sum(paid_against) as paid_against, min(currency) as currency,
    max(last_currency) as last_currency, min(currency_against) as currency_against, max(last_currency_against) as last_currency_against
  from numbered group by 1, 2, 3, 4
),
grouped as (
  select c.scheme, c.actor, r.category as rank_group, c.sex, sum(lines) as lines, sum(without_number) as without_number, sum(doubled) as doubled, sum(elsewhere) as elsewhere,
    sum(on_both) as on_both, sum(only_first) as only_first, sum(only_second) as only_second, coalesce(sum(pay_alone), 0) as pay_alone, coalesce(sum(unpaid_alone), 0) as unpaid_alone,
    coalesce(1.0 * sum(pay) / nullif(sum(paid), 0), 1.0 * sum(pay_against) / nullif(sum(paid_against), 0)) as mean_pay,
    iif(sum(paid) > 0, min(c.currency), min(currency_against)) as currency, iif(sum(paid) > 0, max(last_currency), max(last_currency_against)) as last_currency
  from cut c left join code r on r.list = 'rank_band' and r.code = c.rank_band
  group by 1, 2, 3, 4
)
-- A unit that has ended since keeps its name.
select g.actor, coalesce(a.name, (select max(u.title) from statement u where u.kind = 'actor' and u.record = g.actor and u.current = 1), g.actor) as actor_name, g.rank_group, g.sex, b.day, b.day_against, abs(julianday(b.day) - julianday(b.day_against)) as days_apart,
  g.lines, g.without_number, g.doubled, g.elsewhere, g.on_both, g.only_first, g.only_second, g.lines - g.on_both as unmatched,
  1.0 * (g.lines - g.on_both) / nullif(g.lines, 0) as unmatched_rate, iif(g.currency is g.last_currency, g.mean_pay, null) as mean_pay,
  iif(g.currency is g.last_currency, (g.lines - g.on_both) * g.mean_pay, null) as unmatched_value,
  iif(g.currency is g.last_currency, case when g.unpaid_alone > 0 then g.pay_alone + g.unpaid_alone * g.mean_pay else g.pay_alone end, null) as unmatched_pay, iif(g.currency is g.last_currency, g.currency, null) as currency
from grouped g join both b on b.scheme = g.scheme
left join actor a on a.record = g.actor
left join code k on k.list = 'rank_group' and k.code = g.rank_group
where :actor = '' or g.actor = :actor or folded(a.name) = folded(:actor) or folded(a.acronym) = folded(:actor)
order by actor_name, g.actor, k.position, g.sex
