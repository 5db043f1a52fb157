-- order = 7
-- group = "support"
-- engine = "any"
-- title = { en = "Amounts without a rate", fr = "Montants sans taux", ar = "مبالغ بلا سعر صرف" }
-- why = { en = "What could not be converted is in no sum; it is support all the same.", fr = "Ce qui n’a pu être converti n’est dans aucune somme ; c’est pourtant de l’appui.", ar = "ما تعذّر تحويله ليس في أي مجموع، وهو دعم مع ذلك." }
-- [rule]
-- en = "Commitments, and disbursements with expenditures, of the security sector up to the day of validity that could not be converted, each currency by itself, with the share that counts, as under “Who supports whom”."
-- fr = "Engagements, et décaissements et dépenses, du secteur de la sécurité jusqu’au jour de validité qui n’ont pu être convertis, chaque devise à part, avec la part qui compte, comme sous « Qui soutient qui »."
-- ar = "ارتباطات ومدفوعات ونفقات قطاع الأمن حتى يوم السريان التي تعذّر تحويلها، كل عملة على حدة، بالحصة المحتسبة كما في «من يدعم من»."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "supporter"
-- label = { en = "Supporter", fr = "Partenaire", ar = "الداعم" }
select s.country, s.supporter, max(s.supporter_name) as supporter_name, s.actor_class, count(distinct s.activity) as activities,
  sum(case when t.type = '2' then t.value * s.share * s.committed_counted end) as committed_other,
  sum(case when t.type in ('3', '4') then t.value * s.share * s.disbursed_counted end) as amount_other, t.currency, t.unconverted as why_not
from support s join activity_transaction t on t.activity = s.activity and t.split = s.split
where (:country = '' or s.country = :country) and (:supporter = '' or s.supporter = :supporter)
  and t.unconverted is not null and t.value is not null and t.type in ('2', '3', '4') and (t.date is null or t.date <= :valid_on)
group by s.country, s.supporter, s.actor_class, t.currency, t.unconverted
order by s.country, max(s.supporter_name), s.supporter, s.actor_class, t.currency, t.unconverted
