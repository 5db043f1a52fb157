-- order = 11
-- group = "support"
-- engine = "any"
-- title = { en = "Recipients", fr = "Bénéficiaires", ar = "المستفيدون" }
-- why = { en = "What is supported, by whatever measure the meeting needs.", fr = "Ce qui est soutenu, selon la mesure utile à la réunion.", ar = "ما يُدعم بأي مقياس يحتاجه الاجتماع." }
-- instead = ["all_support"]
-- [rule]
-- en = "An activity that serves several recipients counts in each, so they add up to more than the whole; its money is divided among them. Sums are of what “Who supports whom” counts: loans and the like, what is counted elsewhere and what could not be converted are not in them, and stand beside."
-- fr = "Une activité qui sert plusieurs bénéficiaires compte dans chacun ; leur somme dépasse donc le total ; son argent est réparti entre eux. Les sommes sont celles de « Qui soutient qui » : les prêts et assimilés, ce qui est compté ailleurs et ce qui n’a pu être converti n’y figurent pas, et sont à côté."
-- ar = "النشاط الذي يخدم عدة مستفيدين يُحتسب لكل منهم فيزيد المجموع على الكل؛ أما ماله فيُقسم بينهم. والمجاميع هي ما يحتسبه «من يدعم من»: لا تدخل فيها القروض وما شابهها ولا ما احتُسب في موضع آخر ولا ما تعذّر تحويله، وتُعرض جانبًا."
-- [[draw]]
-- form = "bars"
-- label = "recipient"
-- value = "disbursed_usd"
-- unit = { en = "Disbursed and spent, US dollars at value date", fr = "Décaissé et dépensé, dollars des États-Unis à la date de valeur", ar = "المصروف، بالدولار الأمريكي في تاريخ القيمة" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "by"
-- choices = ["class", "function", "modality"]
-- default = "class"
-- label = { en = "Recipients by", fr = "Bénéficiaires par", ar = "المستفيدون حسب" }
-- [[parameter]]
-- name = "sign"
-- choices = ["", "coded", "read"]
-- label = { en = "Sign", fr = "Indice", ar = "الدليل" }
select case :by when 'function' then security_function when 'modality' then modality else actor_class end as recipient,
  count(distinct activity) as activities,
  count(distinct case when phase = 'active' then activity end) as active,
  count(distinct case when phase = 'planned' then activity end) as planned_activities,
  count(distinct supporter) as supporters,
  sum(committed_usd) as committed_usd, sum(disbursed_usd) as disbursed_usd,
  sum(committed_usd_set_apart) as committed_usd_set_apart, sum(disbursed_usd_set_apart) as disbursed_usd_set_apart,
  sum(committed_usd_left_out) as committed_usd_left_out, sum(disbursed_usd_left_out) as disbursed_usd_left_out,
  count(distinct case when unconverted > 0 then activity end) as with_unconverted, max(ends) as ends
from support where (:country = '' or country = :country) and (:sign = '' or :sign = 'read' and sign = 'read' or :sign = 'coded' and sign <> 'read')
group by recipient order by activities desc, recipient
