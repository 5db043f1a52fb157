-- order = 10
-- group = "support"
-- engine = "any"
-- parts = ["party", "by_party", "called", "one_name"]
-- title = { en = "Supporters", fr = "Partenaires", ar = "الداعمون" }
-- why = { en = "Everyone at the table, with what they give in all.", fr = "Tous ceux qui sont à la table, avec ce qu’ils donnent en tout.", ar = "كل من على الطاولة وما يقدمه إجمالًا." }
-- instead = ["all_support"]
-- [rule]
-- en = "One row a supporter: who reports, funds or implements; an activity counts once for each of them, however many recipients it has. Who is known by several names or identifiers on record has one row. Amounts as under “Who supports whom”."
-- fr = "Une ligne par partenaire ; une activité compte une fois, quel que soit le nombre de bénéficiaires. Qui est connu sous plusieurs noms ou identifiants enregistrés a une seule ligne. Montants comme sous « Qui soutient qui »."
-- ar = "سطر لكل داعم؛ يُحتسب النشاط مرة واحدة مهما كان عدد المستفيدين. ومن عُرف بأسماء أو معرّفات مسجلة عدة فله سطر واحد. المبالغ كما في «من يدعم من»."
-- [[draw]]
-- form = "bars"
-- label = "supporter_name"
-- value = "disbursed_usd"
-- unit = { en = "Disbursed and spent, US dollars at value date", fr = "Décaissé et dépensé, dollars des États-Unis à la date de valeur", ar = "المصروف، بالدولار الأمريكي في تاريخ القيمة" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "who"
-- choices = ["reporter", "funder", "implementer"]
-- default = "reporter"
-- label = { en = "Supporters by", fr = "Partenaires selon", ar = "الداعمون بحسب" }
-- [[parameter]]
-- name = "sign"
-- choices = ["", "coded", "read"]
-- label = { en = "Sign", fr = "Indice", ar = "الدليل" }
select coalesce(i.record, n.record, s.party) as supporter, max(coalesce(i.name, n.name, s.party_name)) as supporter_name, count(distinct s.activity) as activities,
  count(distinct case when s.phase = 'active' then s.activity end) as active,
  count(distinct case when s.phase = 'planned' then s.activity end) as planned_activities,
  count(distinct case when s.phase = 'overdue' then s.activity end) as overdue_activities,
  sum(s.committed_usd * s.weight) as committed_usd, sum(s.disbursed_usd * s.weight) as disbursed_usd,
  sum(s.committed_usd_set_apart * s.weight) as committed_usd_set_apart, sum(s.disbursed_usd_set_apart * s.weight) as disbursed_usd_set_apart,
  sum(s.committed_usd_left_out * s.weight) as committed_usd_left_out, sum(s.disbursed_usd_left_out * s.weight) as disbursed_usd_left_out,
  count(distinct case when s.unconverted > 0 then s.activity end) as with_unconverted,
  count(distinct case when s.may_double = 1 then s.activity end) as doubtful, max(s.ends) as ends
from by_party s
left join one_name i on i.key = '#' || s.party left join one_name n on n.key = folded(s.party_name)
where (:country = '' or s.country = :country) and (:sign = '' or :sign = 'read' and s.sign = 'read' or :sign = 'coded' and s.sign <> 'read')
group by coalesce(i.record, n.record, s.party) order by activities desc, supporter_name, supporter
