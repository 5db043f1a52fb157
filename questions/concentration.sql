-- order = 5
-- group = "support"
-- engine = "any"
-- title = { en = "Concentration", fr = "Concentration", ar = "التركّز" }
-- why = { en = "Where one supporter pays for nearly all, its leaving ends it.", fr = "Là où un seul partenaire paie presque tout, son départ y met fin.", ar = "حيث يدفع داعم واحد كل شيء تقريبًا يُنهيه رحيله." }
-- [rule]
-- en = "Herfindahl index: the sum of the squared shares of supporters in what a class received (disbursements and expenditures, positive sums only; commitments beside it). 1 is a single supporter, 0.25 four alike. Where nothing is reported it is unknown. Loans and the like, and what is counted elsewhere, are in no index and stand beside."
-- fr = "Indice de Herfindahl : la somme des carrés des parts des partenaires dans ce qu’une catégorie a reçu (décaissements et dépenses, sommes positives seulement). 1 : un seul partenaire ; 0,25 : quatre à égalité. Les prêts et assimilés, et ce qui est compté ailleurs, sont hors de l’indice et à côté."
-- ar = "مؤشر هيرفندال: مجموع مربعات حصص الداعمين فيما تلقته الفئة. 1 داعم واحد، و0.25 أربعة متساوون. أما القروض وما شابهها وما احتُسب في موضع آخر فخارج المؤشر وتُعرض جانبًا."
-- [[draw]]
-- form = "bars"
-- label = "actor_class"
-- value = "disbursed_index"
-- unit = { en = "Herfindahl index of disbursements; 1 is a single supporter", fr = "Indice de Herfindahl des décaissements ; 1 : un seul partenaire", ar = "مؤشر هيرفندال للمصروفات؛ 1 داعم واحد" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with paid as (
  select actor_class, supporter, max(supporter_name) as supporter_name,
    sum(disbursed_usd) as disbursed, sum(committed_usd) as committed,
    sum(abs(coalesce(disbursed_usd_set_apart, 0.0)) + abs(coalesce(disbursed_usd_left_out, 0.0))) as disbursed_beside,
    sum(abs(coalesce(committed_usd_set_apart, 0.0)) + abs(coalesce(committed_usd_left_out, 0.0))) as committed_beside
  from support where :country = '' or country = :country
  group by actor_class, supporter
), total as (
  select actor_class, count(*) as supporters,
    sum(case when disbursed > 0 then disbursed end) as disbursed,
    sum(case when committed > 0 then committed end) as committed,
    sum(disbursed_beside) as disbursed_beside, sum(committed_beside) as committed_beside
  from paid group by actor_class
), ranked as (
  select actor_class, supporter_name, row_number() over (partition by actor_class order by disbursed desc, supporter) as nth
  from paid where disbursed > 0
)
select p.actor_class, max(t.supporters) as supporters,
  sum(case when p.disbursed > 0 then (p.disbursed / t.disbursed) * (p.disbursed / t.disbursed) end) as disbursed_index,
  sum(case when p.committed > 0 then (p.committed / t.committed) * (p.committed / t.committed) end) as committed_index,
  max(t.disbursed_beside) as disbursed_index_left_out, max(t.committed_beside) as committed_index_left_out,
  max(r.supporter_name) as largest,
  max(p.disbursed / t.disbursed) as largest_share
from paid p join total t on t.actor_class = p.actor_class left join ranked r on r.actor_class = p.actor_class and r.nth = 1
group by p.actor_class
order by round(disbursed_index, 9) desc, p.actor_class
