-- order = 9
-- group = "support"
-- engine = "any"
-- title = { en = "How a sum is made", fr = "Comment une somme est faite", ar = "كيف يتكوّن المجموع" }
-- why = { en = "Every figure down to the line of the file it comes from, and what is not in it.", fr = "Chaque chiffre jusqu’à la ligne du fichier d’où il vient, et ce qui n’y est pas.", ar = "كل رقم حتى السطر في الملف الذي جاء منه، وما ليس فيه." }
-- [rule]
-- en = "counted = US dollars at the value date × share (country × purpose code × class × modality) × the part that is not counted elsewhere. A row that does not count says why."
-- fr = "compté = dollars à la date de valeur × part (pays × code-objet × catégorie × modalité) × la partie qui n’est pas comptée ailleurs. Une ligne qui ne compte pas dit pourquoi."
-- ar = "المحتسب = الدولار في تاريخ القيمة × الحصة (البلد × الرمز × الفئة × الطريقة) × الجزء غير المحتسب في موضع آخر. والسطر غير المحتسب يذكر السبب."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "supporter"
-- label = { en = "Supporter", fr = "Partenaire", ar = "الداعم" }
-- [[parameter]]
-- name = "class"
-- list = "actor_class"
-- label = { en = "Actor class", fr = "Catégorie d’acteur", ar = "فئة الجهة" }
-- [[parameter]]
-- name = "function"
-- list = "security_function"
-- label = { en = "Function", fr = "Fonction", ar = "الوظيفة" }
-- [[parameter]]
-- name = "modality"
-- list = "modality"
-- label = { en = "Modality", fr = "Modalité", ar = "الطريقة" }
-- [[parameter]]
-- name = "activity"
-- label = { en = "Activity", fr = "Activité", ar = "النشاط" }
select s.identifier, s.supporter_name, t.n, t.type, t.date, t.value, t.currency,
  case when t.value <> 0 then t.usd / t.value end as rate, t.rate_day, t.usd,
  s.country_share, s.sector_share, s.share,
  case when t.type = '2' then s.committed_counted else s.disbursed_counted end as counted_part,
  case when t.type in ('2', '3', '4') and (t.date is null or t.date <= :valid_on)
    then t.usd * s.share * case when t.type = '2' then s.committed_counted else s.disbursed_counted end end as counted_usd,
  case when t.type is null or t.type not in ('2', '3', '4') then 'type_not_counted'
       when t.usd is null then t.unconverted
       when t.date > :valid_on then 'later_than_the_day'
       when (t.type = '2' and s.committed_counted < 1) or (t.type <> '2' and s.disbursed_counted < 1) then s.left_out_reason
  end as why_not, t.dataset, t.line
from (
  -- What a country receives is divided among classes, functions and ways of support: the parts of one country add up to its share of
  -- the purpose codes, while each of them names that share in whole.
  select activity, max(identifier) as identifier, max(supporter_name) as supporter_name, split, sum(country_share) as country_share,
    sum(share) / nullif(sum(country_share), 0) as sector_share,
    sum(share) as share, max(committed_counted) as committed_counted, max(disbursed_counted) as disbursed_counted,
    max(left_out_reason) as left_out_reason
  from (
    select activity, max(identifier) as identifier, max(supporter_name) as supporter_name, split, max(country_share) as country_share,
      sum(share) as share, max(committed_counted) as committed_counted, max(disbursed_counted) as disbursed_counted,
      max(left_out_reason) as left_out_reason
    from support
    where (:country = '' or country = :country) and (:supporter = '' or supporter = :supporter)
      and (:class = '' or actor_class = :class) and (:function = '' or security_function = :function)
      and (:modality = '' or modality = :modality) and (:activity = '' or identifier = :activity)
    group by activity, split, country, region
  ) by_place
  group by activity, split
) s join activity_transaction t on t.activity = s.activity and t.split = s.split
order by s.identifier, t.date, t.n
