-- order = 35
-- group = "plan"
-- made_of = ["strategy"]
-- title = { en = "Strategies and who helped", fr = "Les stratégies et qui y a aidé", ar = "الاستراتيجيات ومن ساعد فيها" }
-- why = { en = "A strategy that a mission wrote alone ends with the mission: whose is it, since when, and who helped to make it?", fr = "Une stratégie qu’une mission écrit seule finit avec elle : à qui est-elle, depuis quand, et qui y a aidé ?", ar = "الاستراتيجية التي تكتبها بعثة وحدها تنتهي بانتهائها: لمن هي ومنذ متى ومن ساعد في وضعها؟" }
-- parts = ["stage_now"]
-- [rule]
-- en = "National strategies, policies and plans that hold on the day of validity, with who leads them and how many reforms on record they have. Helped: missions of which a document tells, up to the day, that they worked on national strategies or policies in that country; that they helped with this very one is not said."
-- fr = "Stratégies, politiques et plans nationaux valables au jour de validité, avec leur responsable et le nombre de réformes enregistrées. Ont aidé : les missions dont un document dit, jusqu’à ce jour, qu’elles ont travaillé aux stratégies ou politiques nationales de ce pays ; non qu’elles ont aidé à celle-ci précisément."
-- ar = "الاستراتيجيات والسياسات والخطط الوطنية السارية في يوم السريان مع قائدها وعدد إصلاحاتها المسجلة. ساعد: البعثات التي تذكر وثيقة حتى اليوم أنها عملت على الاستراتيجيات أو السياسات الوطنية في ذلك البلد، دون القول إنها ساعدت في هذه بعينها."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with named as materialized (
  -- All names that were ever said: who has ended is still called so.
  select record, max(json_extract(fields, '$.name')) as name, max(json_extract(fields, '$.acronym')) as acronym from statement
  where kind = 'actor' and current = 1 and withdrawn = 0 and status_of_statement = 'accepted' group by record
),
helper as materialized (
  select distinct e.country, coalesce(n.acronym, n.name, e.mission_name) as called
  from engagement e left join named n on n.record = e.mission
  where e.ssr_task in ('national_security_strategy', 'security_sector_reform') and coalesce(e.mode, 'done') <> 'plan'
    and (e.date is null or e.date <= :valid_on)
),
helped as (select country, group_concat(called, '; ') as helpers from (select * from helper order by country, called) group by country),
item as materialized (select strategy, count(*) as reforms from reform group by strategy)
select s.country, s.record as strategy, s.title as strategy_name, coalesce(n.stage, s.stage) as strategy_stage, coalesce(s.adopted, s.valid_from) as adopted, s.valid_to as ends,
  s.lead, s.lead_name, coalesce(i.reforms, 0) as reforms, h.helpers, s.confirmed, coalesce(n.source, s.source) as source,
  case when n.source is null then s.url else n.url end as url
from strategy s left join item i on i.strategy = s.record left join helped h on h.country = s.country
left join stage_now n on n.kind = 'strategy' and n.record = s.record
where s.undated = 0 and (:country = '' or s.country = :country)
order by s.country, adopted desc, s.title
