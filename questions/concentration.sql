-- order = 5
-- group = "support"
-- engine = "any"
-- parts = ["called", "one_name", "own_projects", "known_givers", "told_tasks", "task_about", "backing", "other_signs"]
-- title = { en = "Concentration", fr = "Concentration", ar = "التركّز" }
-- why = { en = "Where one supporter pays for nearly all, its leaving ends it.", fr = "Là où un seul partenaire paie presque tout, son départ y met fin.", ar = "حيث يدفع داعم واحد كل شيء تقريبًا يُنهيه رحيله." }
-- instead = ["all_support"]
-- [rule]
-- en = "Herfindahl index: the sum of the squared shares of supporters in what a class received (disbursements and expenditures, positive sums only; commitments beside it). 1 is a single supporter, 0.25 four alike. Where nothing is reported it is unknown. Loans and the like, and what is counted elsewhere, are in no index and stand beside. So does the part of the money that only the words tell, an estimated share; choose a sign to leave it out, or to see it alone. Only money of activities is in the index: who else supports the class on the day by another sign (stated, mandated, reported) is counted beside. A supporter has one name where names or identifiers on record say so."
-- fr = "Indice de Herfindahl : la somme des carrés des parts des partenaires dans ce qu’une catégorie a reçu (décaissements et dépenses, sommes positives seulement). 1 : un seul partenaire ; 0,25 : quatre à égalité. Les prêts et assimilés, et ce qui est compté ailleurs, sont hors de l’indice et à côté. De même la part de l’argent que seuls les mots indiquent, une part estimée ; choisir un indice pour l’exclure ou la voir seule. Seul l’argent des activités est dans l’indice : qui d’autre appuie la catégorie ce jour-là selon un autre indice (déclaré, mandaté, rapporté) est compté à côté. Un partenaire a un seul nom si des noms ou identifiants enregistrés le disent."
-- ar = "مؤشر هيرفندال: مجموع مربعات حصص الداعمين فيما تلقته الفئة. 1 داعم واحد، و0.25 أربعة متساوون. أما القروض وما شابهها وما احتُسب في موضع آخر فخارج المؤشر وتُعرض جانبًا. وكذلك حصة الأموال التي لا تدل عليها إلا الكلمات، وهي مقدَّرة؛ اختر دليلًا لاستبعادها أو لعرضها وحدها. ولا تدخل المؤشر إلا أموال الأنشطة: ومن يدعم الفئة في ذلك اليوم بدليل آخر (مصرَّح به، مكلّف به، مُبلَّغ عنه) يُعدّ جانبًا. وللداعم اسم واحد حيث تدل عليه الأسماء أو المعرّفات المسجلة."
-- [[draw]]
-- form = "bars"
-- label = "actor_class"
-- value = "disbursed_index"
-- unit = { en = "Herfindahl index of disbursements; 1 is a single supporter", fr = "Indice de Herfindahl des décaissements ; 1 : un seul partenaire", ar = "مؤشر هيرفندال للمصروفات؛ 1 داعم واحد" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "sign"
-- choices = ["", "coded", "read"]
-- label = { en = "Sign", fr = "Indice", ar = "الدليل" }
with given as (
  select s.actor_class, coalesce(i.record, n.record, s.supporter, s.supporter_name) as supporter, coalesce(i.name, n.name, s.supporter_name) as supporter_name, s.sign,
    s.disbursed_usd, s.committed_usd, s.disbursed_usd_set_apart, s.disbursed_usd_left_out, s.committed_usd_set_apart, s.committed_usd_left_out
  from support s left join one_name i on i.key = '#' || s.supporter left join one_name n on n.key = folded(s.supporter_name)
  where (:country = '' or s.country = :country) and (:sign = '' or :sign = 'read' and s.sign = 'read' or :sign = 'coded' and s.sign <> 'read')
), paid as (
  select actor_class, supporter, max(supporter_name) as supporter_name,
    sum(disbursed_usd) as disbursed, sum(committed_usd) as committed, sum(case when sign = 'read' then disbursed_usd end) as disbursed_read,
    sum(abs(coalesce(disbursed_usd_set_apart, 0.0)) + abs(coalesce(disbursed_usd_left_out, 0.0))) as disbursed_beside,
    sum(abs(coalesce(committed_usd_set_apart, 0.0)) + abs(coalesce(committed_usd_left_out, 0.0))) as committed_beside
  from given group by actor_class, supporter
), total as (
  select actor_class, count(*) as supporters,
    sum(case when disbursed > 0 then disbursed end) as disbursed,
    sum(case when committed > 0 then committed end) as committed,
    sum(case when disbursed > 0 then coalesce(disbursed_read, 0.0) end) as disbursed_read,
    sum(disbursed_beside) as disbursed_beside, sum(committed_beside) as committed_beside
  from paid group by actor_class
), ranked as (
  select actor_class, supporter_name, row_number() over (partition by actor_class order by disbursed desc, supporter) as nth
  from paid where disbursed > 0
), otherwise as (
  select o.actor_class, count(distinct coalesce(i.record, n.record, o.supporter, o.supporter_name)) as supporters
  from other_signs o left join one_name i on i.key = '#' || o.supporter left join one_name n on n.key = folded(o.supporter_name)
  left join paid p on p.actor_class = o.actor_class and p.supporter = coalesce(i.record, n.record, o.supporter, o.supporter_name)
  where o.phase = 'active' and p.supporter is null and (:country = '' or o.country = :country)
  group by o.actor_class
)
select p.actor_class, max(t.supporters) as supporters, max(coalesce(o.supporters, 0)) as supporters_otherwise,
  sum(case when p.disbursed > 0 then (p.disbursed / t.disbursed) * (p.disbursed / t.disbursed) end) as disbursed_index,
  sum(case when p.committed > 0 then (p.committed / t.committed) * (p.committed / t.committed) end) as committed_index,
  max(t.disbursed_read / t.disbursed) as disbursed_read_share,
  max(t.disbursed_beside) as disbursed_index_left_out, max(t.committed_beside) as committed_index_left_out,
  max(r.supporter_name) as largest,
  max(p.disbursed / t.disbursed) as largest_share
from paid p join total t on t.actor_class = p.actor_class left join ranked r on r.actor_class = p.actor_class and r.nth = 1
left join otherwise o on o.actor_class = p.actor_class
group by p.actor_class
order by round(disbursed_index, 9) desc, p.actor_class
