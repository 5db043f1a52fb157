-- order = 35
-- group = "plan"
-- made_of = ["strategy"]
-- title = { en = "Strategies and who helped", fr = "Les stratégies et qui y a aidé", ar = "الاستراتيجيات ومن ساعد فيها" }
-- why = { en = "A strategy that a mission wrote alone ends with the mission: whose is it, since when, and who helped to make it?", fr = "Une stratégie qu’une mission écrit seule finit avec elle : à qui est-elle, depuis quand, et qui y a aidé ?", ar = "الاستراتيجية التي تكتبها بعثة وحدها تنتهي بانتهائها: لمن هي ومنذ متى ومن ساعد في وضعها؟" }
-- parts = ["stage_now"]
-- [rule]
-- en = "National strategies, policies and plans that hold on the day of validity, with who leads them and how many reforms on record they have. Where a strategy says when it starts and ends, these are its days; one of which nothing says when it holds is listed as not confirmed. Helped: missions of which a document tells, up to the day, that they helped with this very one (an engagement that serves it). Worked on others there: missions that worked on national strategies or policies in that country, but of which nothing on record says that they helped with this one. What names no country is of the one that the workspace is about."
-- fr = "Stratégies, politiques et plans nationaux valables au jour de validité, avec leur responsable et le nombre de réformes enregistrées. Si une stratégie dit son début et sa fin, ce sont ses jours ; celle dont rien ne dit quand elle vaut est listée comme non confirmée. Ont aidé : les missions dont un document dit, jusqu’à ce jour, qu’elles ont aidé à celle-ci (un engagement qui la sert). Ont travaillé à d’autres : les missions qui ont travaillé aux stratégies ou politiques nationales de ce pays, sans que rien d’enregistré dise qu’elles ont aidé à celle-ci. Ce qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "الاستراتيجيات والسياسات والخطط الوطنية السارية في يوم السريان مع قائدها وعدد إصلاحاتها المسجلة. وإذا ذكرت الاستراتيجية بدايتها ونهايتها فهما أيامها؛ وما لا يقول شيء متى تسري تُدرج غير مؤكدة. ساعد: البعثات التي تذكر وثيقة حتى اليوم أنها ساعدت في هذه بعينها (نشاط يخدمها). عمل على غيرها هناك: البعثات التي عملت على الاستراتيجيات أو السياسات الوطنية في ذلك البلد دون أن يذكر السجل أنها ساعدت في هذه. وما لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with named as materialized (
  -- All names that were ever said: who has ended is still called so.
  select record, best(json_extract(fields, '$.name'), grade, said_at, statement) as name, best(json_extract(fields, '$.acronym'), grade, said_at, statement) as acronym from statement
  where kind = 'actor' and current = 1 and withdrawn = 0 and status_of_statement = 'accepted' group by record
),
told as materialized (
  select e.record, e.country, e.ssr_task, coalesce(n.acronym, n.name, e.mission_name) as called
  from engagement e left join named n on n.record = e.mission
  where coalesce(e.mode, 'done') not in ('plan', 'negated', 'wish') and (e.date is null or e.date <= :valid_on)
),
-- Who a document says helped with this very one.
helper as materialized (
  select distinct s.target as strategy, t.called from told t join engagement_serves s on s.record = t.record and s.target_kind = 'strategy'
),
helped as (select strategy, group_concat(called, '; ') as helpers from (select * from helper order by strategy, called) group by strategy),
-- Who worked on strategies there: it may have been another one.
there as materialized (
  select distinct country, called from told where ssr_task in ('national_security_strategy', 'security_sector_reform')
),
item as materialized (select strategy, count(*) as reforms from reform group by strategy)
select coalesce(s.country, home_country()) as country, s.record as strategy, s.title as strategy_name, coalesce(n.stage, s.stage) as strategy_stage, coalesce(s.adopted, s.starts, s.valid_from) as adopted, coalesce(s.ends, s.valid_to) as ends,
  s.lead, s.lead_name, coalesce(i.reforms, 0) as reforms, h.helpers,
  (select group_concat(called, '; ') from (select w.called from there w where w.country = coalesce(s.country, home_country())
    and not exists (select 1 from helper x where x.strategy = s.record and x.called = w.called) order by w.called)) as worked_there,
  -- Who says when it starts says that it holds from then on.
  max(s.confirmed, s.undated = 1 and coalesce(s.starts, s.adopted) is not null) as confirmed, coalesce(n.source, s.source) as source,
  case when n.source is null then s.url else n.url end as url
from strategy s left join item i on i.strategy = s.record left join helped h on h.strategy = s.record
left join stage_now n on n.kind = 'strategy' and n.record = s.record
where (:country = '' or coalesce(s.country, home_country()) = :country)
  -- Its own days say when it holds, as those of the statement do.
  and (s.ends is null or s.ends >= substr(:valid_on, 1, length(s.ends)))
  and (s.undated = 0 or coalesce(s.starts, s.adopted) is null or coalesce(s.starts, s.adopted) <= :valid_on)
order by country, adopted desc, s.title, s.record
