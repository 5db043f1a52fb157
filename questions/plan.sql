-- order = 36
-- group = "plan"
-- title = { en = "Where the plan stands", fr = "Où en est le plan", ar = "أين تقف الخطة" }
-- why = { en = "A plan that nobody measures is forgotten; one that is measured without saying how many items were looked at misleads.", fr = "Un plan que personne ne mesure est oublié ; mesuré sans dire sur combien d’éléments, il trompe.", ar = "الخطة التي لا يقيسها أحد تُنسى، والتي تُقاس بلا ذكر عدد بنودها تضلل." }
-- below = ["plan_items"]
-- parts = ["stage_now", "waits_for"]
-- [rule]
-- en = "Implementation = sum of the status of each reform (0 not initiated, 1 minimal, 2 intermediate, 3 full) ÷ (3 × n), where n is the number of reforms with such a status; one without a status, and one that was cancelled or suspended, is counted beside it, never as 0. Not verified: nobody checked the reform, and no source cites it, within 90 days before the day. Overdue: due before the day and not full, or without a status. Blocked: open, with a blocker named or waiting for something that is not known to be there. What belongs to no strategy stands in a row of its own. Money is added only where all reforms with an amount have it in one currency. What names no country is of the one that the workspace is about."
-- fr = "Mise en œuvre = somme de l’état de chaque réforme (0 non entamée, 1 minimale, 2 intermédiaire, 3 complète) ÷ (3 × n), n étant le nombre de réformes dont un tel état est connu ; les autres, et celles qui sont annulées ou suspendues, sont comptées à part, jamais comme 0. Non vérifiée : ni contrôle ni mention dans une source pendant les 90 jours précédents. En retard : échéance passée et état incomplet ou non rapporté. Bloquée : en cours, avec un blocage nommé ou en attente d’un élément dont on ignore s’il existe. Ce qui n’appartient à aucune stratégie figure sur une ligne à part. Les montants ne sont additionnés que si toutes les réformes chiffrées le sont dans une seule devise. Ce qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "التنفيذ = مجموع حالات الإصلاحات (0 لم يبدأ، 1 أدنى، 2 متوسط، 3 كامل) ÷ (3 × n)، حيث n عدد الإصلاحات التي تُعرف لها حالة كهذه؛ وما لا حالة له، وما أُلغي أو عُلّق، يُعدّ على حدة ولا يُحسب صفرًا. غير متحقق منه: لم يراجعه أحد ولم يذكره مصدر خلال 90 يومًا قبل اليوم. متأخر: حلّ موعده ولم يكتمل أو لم تُذكر حالته. معطّل: مفتوح وله عائق مسمى أو ينتظر ما لا يُعرف وجوده. وما لا ينتمي إلى استراتيجية يرد في سطر مستقل. ولا تُجمع المبالغ إلا إذا كانت كل الإصلاحات ذات المبالغ بعملة واحدة. وما لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل."
-- [[draw]]
-- form = "bars"
-- label = "plan_part"
-- value = "implementation"
-- count = "rated"
-- unit = { en = "Implementation, per cent of the highest status of all; in brackets, reforms with a status", fr = "Mise en œuvre, en % de l’état le plus élevé de toutes ; entre parenthèses, réformes dont l’état est connu", ar = "التنفيذ، بالمئة من أعلى حالة لها جميعًا؛ وبين قوسين الإصلاحات المعروفة الحالة" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "strategy"
-- record = "strategy"
-- label = { en = "Strategy (title or identifier)", fr = "Stratégie (titre ou identifiant)", ar = "الاستراتيجية (العنوان أو المعرّف)" }
-- [[parameter]]
-- name = "by"
-- choices = ["strategy", "pillar", "lead"]
-- default = "strategy"
-- label = { en = "By", fr = "Par", ar = "حسب" }
with asked_plan as materialized (
  select s.record, s.title, coalesce(n.stage, s.stage) as stage, coalesce(s.country, home_country()) as country
  from strategy s left join stage_now n on n.kind = 'strategy' and n.record = s.record where :country = '' or coalesce(s.country, home_country()) = :country
),
item as materialized (
  select r.record, r.strategy, coalesce(p.title, r.strategy_name) as strategy_name, coalesce(r.country, p.country, home_country()) as country,
    -- Under the name of its country, what belongs to no strategy would look like all that the country does.
    coalesce(p.title, r.strategy_name, 'without_strategy') || coalesce(' · ' || case :by when 'pillar' then r.pillar when 'lead' then r.lead_name end, '') as part,
    -- What was cancelled is no part of what is measured.
    case when coalesce(n.stage, r.status) <> 'stopped' then cast(coalesce(n.stage, r.status) as integer) end as score,
    r.due < substr(:valid_on, 1, length(r.due)) and case coalesce(n.open, r.open) when 1 then 1 when 0 then 0 else coalesce(r.done > :valid_on, 1) end as overdue, r.unverified, r.cost, r.spent, r.currency,
    coalesce(n.open, r.open) = 1 and (r.blocker is not null or exists (select 1 from waits_for w where w.record = r.record)) as blocked
  from reform r left join strategy p on p.record = r.strategy left join stage_now n on n.kind = 'reform' and n.record = r.record
  where :country = '' or coalesce(r.country, p.country, home_country()) = :country
),
part as (
  select country, strategy, max(strategy_name) as strategy_name, part, count(*) as reforms, count(score) as rated,
    sum(score) / (3.0 * nullif(count(score), 0)) as implementation, 1.0 * sum(unverified) / count(*) as unverified_share,
    sum(overdue) as overdue_count, sum(blocked) as blocked_count, count(cost) as with_cost,
    case when min(paid_in) = max(paid_in) then sum(cost) end as cost, case when min(paid_in) = max(paid_in) then sum(spent) end as spent,
    case when min(paid_in) = max(paid_in) then nullif(max(paid_in), '') end as currency
  from (select *, case when coalesce(cost, spent) is not null then coalesce(currency, '') end as paid_in from item) group by country, strategy, part
)
select i.country, i.strategy, i.plan_part, i.strategy_stage, i.implementation, i.rated, i.reforms, i.unverified_share, i.overdue_count, i.blocked_count,
  i.with_cost, i.reform_cost, i.reform_spent, i.currency
from (
select i.country, i.strategy, i.part as plan_part, p.stage as strategy_stage, i.strategy_name, i.implementation, i.rated, i.reforms, i.unverified_share,
  i.overdue_count, i.blocked_count, i.with_cost, i.cost as reform_cost, i.spent as reform_spent, i.currency
from part i left join asked_plan p on p.record = i.strategy
union all
select p.country, p.record, p.title, p.stage, p.title, null, 0, 0, null, null, null, 0, null, null, null
from asked_plan p where not exists (select 1 from item i where i.strategy = p.record)
) as i
where :strategy = '' or i.strategy = :strategy or folded(i.strategy_name) = folded(:strategy)
order by i.country, i.strategy_name is null, i.strategy_name, i.plan_part
