-- order = 10
-- title = { en = "Supporters", fr = "Partenaires", ar = "الداعمون" }
-- why = { en = "Everyone at the table, with what they give in all.", fr = "Tous ceux qui sont à la table, avec ce qu’ils donnent en tout.", ar = "كل من على الطاولة وما يقدمه إجمالًا." }
-- [rule]
-- en = "One row a supporter; an activity counts once, however many recipients it has. Amounts as under “Who supports whom”."
-- fr = "Une ligne par partenaire ; une activité compte une fois, quel que soit le nombre de bénéficiaires. Montants comme sous « Qui soutient qui »."
-- ar = "سطر لكل داعم؛ يُحتسب النشاط مرة واحدة مهما كان عدد المستفيدين. المبالغ كما في «من يدعم من»."
-- [[draw]]
-- form = "bars"
-- label = "supporter_name"
-- value = "disbursed_usd"
-- unit = { en = "Disbursed and spent, US dollars at value date", fr = "Décaissé et dépensé, dollars des États-Unis à la date de valeur", ar = "المصروف، بالدولار الأمريكي في تاريخ القيمة" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
select supporter, max(supporter_name) as supporter_name, count(distinct activity) as activities,
  count(distinct case when phase = 'active' then activity end) as active,
  sum(committed_usd) as committed_usd, sum(disbursed_usd) as disbursed_usd,
  sum(committed_usd_left_out) as committed_usd_left_out, sum(disbursed_usd_left_out) as disbursed_usd_left_out,
  count(distinct case when unconverted > 0 then activity end) as with_unconverted,
  count(distinct case when doubtful = 1 then activity end) as doubtful, max(ends) as ends
from support where :country = '' or country = :country
group by supporter order by activities desc, supporter_name
