-- order = 37
-- group = "people"
-- made_of = ["budget_line"]
-- parts = ["called", "named_parts", "budgets_once"]
-- title = { en = "What they cost", fr = "Ce qu’ils coûtent", ar = "كم يكلفون" }
-- why = { en = "A force that the budget cannot pay will be paid by somebody else, or pay itself.", fr = "Une force que le budget ne peut payer sera payée par quelqu’un d’autre, ou se paiera elle-même.", ar = "قوة لا تستطيع الميزانية دفع أجورها يدفع لها غيرها أو تدفع لنفسها." }
-- [rule]
-- en = "Budget lines of an institution by year and currency, up to the day of validity. What was approved for several years together stands in a row of its own, beside no figure of one year. Where two reports of the same line disagree, the one recorded last. A measure is the line for the whole where there is one, else the sum of the classes or sources that are on record, which may not be all. The budget is what is domestic, aid on budget, or of no stated source; aid off budget stands apart, and its share is of both together. Shares, wage share and cost per head are of what was spent, else released, else approved (see the measure). A wage share stands only where something else than pay is on record too: the whole, or another class. Execution: spent by approved. Shares of spending and of gross domestic product need both in the same currency and year. Cost per head: by the people of the payroll, else nominal roll, census, list not stated, estimate, establishment of the year. An institution that names no country is of the one that the workspace is about."
-- fr = "Lignes budgétaires d’une institution par année et monnaie, jusqu’au jour de validité. Un montant de plusieurs années ensemble a sa propre ligne, sans chiffre d’une seule année. Si deux rapports de la même ligne divergent, le dernier enregistré. Une mesure est la ligne du total s’il y en a une, sinon la somme des classes ou origines enregistrées, peut-être incomplète. Le budget est ce qui est national, aide budgétisée ou d’origine non précisée ; l’aide hors budget est à part, et sa part se rapporte aux deux ensemble. Parts, part salariale et coût par personne se rapportent au dépensé, sinon au débloqué, sinon à l’approuvé (voir la mesure). Une part salariale n’est donnée que si autre chose que la solde est enregistré : le total, ou une autre classe. Exécution : dépensé ÷ approuvé. Les parts des dépenses publiques et du produit intérieur brut exigent la même monnaie et la même année. Coût par personne : personnes de l’état de solde, sinon contrôle nominatif, recensement, liste non précisée, estimation, tableau d’effectifs de l’année. Une institution qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "بنود ميزانية المؤسسة بحسب السنة والعملة حتى يوم السريان. والمبلغ المعتمد لعدة سنوات معًا له سطره، بلا رقم لسنة واحدة. وإن اختلف تقريران عن البند نفسه فالأخير تسجيلًا. المقياس هو بند المجموع إن وُجد وإلا فمجموع الفئات أو المصادر المسجلة وقد لا تكون كلها. الميزانية ما هو محلي أو معونة ضمن الميزانية أو بلا مصدر مذكور، والمعونة خارج الميزانية منفصلة ونسبتها من الاثنين معًا. والحصص وحصة الأجور وكلفة الفرد من المصروف وإلا فالمحرر وإلا فالمعتمد (انظر المقياس). وحصة الأجور لا تُعطى إلا حيث سُجل مع الأجور غيرها: المجموع أو فئة أخرى. التنفيذ: المصروف إلى المعتمد. والحصة من الإنفاق الحكومي ومن الناتج المحلي الإجمالي تتطلب العملة والسنة نفسيهما. كلفة الفرد: بعدد كشف الرواتب وإلا فالسجل الاسمي فالتعداد فقائمة غير مذكورة فتقدير فالملاك للسنة. والمؤسسة التي لا يُذكر بلدها هي من البلد الذي تُعنى به مساحة العمل."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Institution (name or identifier)", fr = "Institution (nom ou identifiant)", ar = "المؤسسة (الاسم أو المعرّف)" }
-- [[parameter]]
-- name = "year"
-- number = true
-- label = { en = "Year", fr = "Année", ar = "السنة" }
with line as materialized (
  select b.institution as actor, b.institution_name as actor_name, coalesce(a.country, home_country()) as country,
    -- One amount of several years is of none of them.
    substr(b.year, 1, 4) || coalesce('–' || nullif(substr(b.until_year, 1, 4), substr(b.year, 1, 4)), '') as year, b.currency,
    case b.money_source when 'off_budget' then 'off' else 'on' end as side,
    (b.economic_class is not null) || (b.money_source is not null and b.money_source <> 'off_budget') as breakdown,
    b.economic_class, m.measure, case m.measure when 'approved' then b.approved when 'released' then b.released else b.spent end as amount, b.source, b.url
  from budgets_once b left join actor a on a.record = b.institution
  join (select 'approved' as measure union all select 'released' union all select 'spent') m
  where b.year <= :valid_on and (:country = '' or coalesce(a.country, home_country()) = :country) and (:year = '' or cast(:year as text) between substr(b.year, 1, 4) and substr(coalesce(b.until_year, b.year), 1, 4))
    and (:actor = '' or b.institution = :actor or folded(a.name) = folded(:actor) or folded(a.acronym) = folded(:actor))
),
summed as materialized (
  select actor, actor_name, country, year, currency, measure, side, part, breakdown, sum(amount) as amount, max(source) as source, url_of(source, url) as url,
    row_number() over (partition by actor, year, currency, measure, side, part order by breakdown) as nth
  from line l join (select 'whole' as part union all select 'pay') p
  where amount is not null and (part = 'whole' or economic_class = 'pay')
  group by actor, year, currency, measure, side, part, breakdown
),
-- Of what something else than pay is on record: where only pay is, nobody knows what it is a share of.
beside_pay as materialized (
  select actor, year, currency, measure from line where side = 'on' and amount is not null and coalesce(economic_class, '') <> 'pay' group by 1, 2, 3, 4
),
side as materialized (
  select actor, actor_name, country, year, currency,
    max(case when measure = 'approved' and side = 'on' and part = 'whole' then amount end) as approved,
    max(case when measure = 'released' and side = 'on' and part = 'whole' then amount end) as released,
    max(case when measure = 'spent' and side = 'on' and part = 'whole' then amount end) as spent,
    max(case when measure = 'approved' and side = 'on' and part = 'pay' then amount end) as pay_approved,
    max(case when measure = 'released' and side = 'on' and part = 'pay' then amount end) as pay_released,
    max(case when measure = 'spent' and side = 'on' and part = 'pay' then amount end) as pay_spent,
    max(case when measure = 'approved' and side = 'off' and part = 'whole' then amount end) as off_approved,
    max(case when measure = 'released' and side = 'off' and part = 'whole' then amount end) as off_released,
    max(case when measure = 'spent' and side = 'off' and part = 'whole' then amount end) as off_spent, max(source) as source, url_of(source, url) as url
  from summed where nth = 1 group by actor, year, currency
),
measured as (
  select *, case when spent is not null then 'spent' when released is not null then 'released' when approved is not null then 'approved' end as budget_measure,
    coalesce(spent, released, approved) as budget,
    case when spent is not null then pay_spent when released is not null then pay_released else pay_approved end as pay,
    coalesce(off_spent, off_released, off_approved) as off_budget
  from side
),
-- The people of an institution in a year: the whole of its first list that is on record, by its last day.
people as materialized (
  select institution, year, people, list from (
    select institution, substr(coalesce(day, year), 1, 4) as year, coalesce(list, 'not_stated') as list, coalesce(total, people, women + men) as people,
      row_number() over (partition by institution, substr(coalesce(day, year), 1, 4) order by case coalesce(list, 'not_stated') when 'payroll' then 0 when 'nominal_roll' then 1
        when 'census' then 2 when 'not_stated' then 3 when 'estimate' then 4 when 'establishment' then 5 end, coalesce(day, year) desc, said_at desc, record desc) as nth
    from strength
    where institution is not null and record not in (select record from named_parts) and rank_band is null and function is null and place is null and coalesce(sex, 'total') = 'total'
      and coalesce(list, '') not in ('trained', 'un_contribution') and coalesce(total, people, women + men) is not null and coalesce(day, cast(year as text)) <= :valid_on)
  where nth = 1
),
economy_of as materialized (select country, substr(year, 1, 4) as year, currency, max(gdp) as gdp, max(government_spending) as government_spending from economy group by 1, 2, 3)
select m.actor, m.actor_name, m.country, m.year, m.currency, approved, released, spent, budget_measure, off_budget, 1.0 * spent / nullif(approved, 0) as execution,
  1.0 * budget / nullif(e.government_spending, 0) as share_of_spending, 1.0 * budget / nullif(e.gdp, 0) as share_of_gdp,
  case when w.actor is not null then 1.0 * pay / nullif(budget, 0) end as wage_share, 1.0 * off_budget / nullif(budget + off_budget, 0) as off_budget_share,
  1.0 * budget / nullif(p.people, 0) as cost_per_head, p.people, case p.list when 'not_stated' then null else p.list end as strength_list, m.source, m.url
from measured m
left join beside_pay w on w.actor = m.actor and w.year = m.year and w.currency is m.currency and w.measure = m.budget_measure
left join economy_of e on e.country = m.country and e.year = m.year and (e.currency = m.currency or e.currency is null or m.currency is null)
left join people p on p.institution = m.actor and p.year = m.year
order by m.country, m.actor_name, m.year desc, m.currency
