-- order = 7
-- group = "support"
-- engine = "any"
-- title = { en = "Where support goes", fr = "Où va l’appui", ar = "إلى أين يذهب الدعم" }
-- why = { en = "The whole at a glance: every country with known support to its security sector.", fr = "L’ensemble en un coup d’œil : chaque pays dont le secteur de la sécurité reçoit un appui connu.", ar = "الصورة كلها بنظرة: كل بلد يُعرف دعم لقطاعه الأمني." }
-- [rule]
-- en = "One row a recipient country; activities for a region or without a country stand in the row without a code. Amounts as under “Who supports whom”."
-- fr = "Une ligne par pays bénéficiaire ; les activités régionales ou sans pays sont dans la ligne sans code. Montants comme sous « Qui soutient qui »."
-- ar = "سطر لكل بلد مستفيد؛ والأنشطة الإقليمية أو بلا بلد في السطر بلا رمز. المبالغ كما في «من يدعم من»."
-- [[draw]]
-- form = "map"
-- label = "country"
-- value = "activities"
-- unit = { en = "Activities of the security sector by recipient country", fr = "Activités du secteur de la sécurité par pays bénéficiaire", ar = "أنشطة قطاع الأمن حسب البلد المستفيد" }
select country, count(distinct activity) as activities,
  count(distinct case when phase = 'active' then activity end) as active,
  count(distinct supporter) as supporters,
  sum(committed_usd) as committed_usd, sum(disbursed_usd) as disbursed_usd,
  sum(committed_usd_set_apart) as committed_usd_set_apart, sum(disbursed_usd_set_apart) as disbursed_usd_set_apart,
  sum(committed_usd_left_out) as committed_usd_left_out, sum(disbursed_usd_left_out) as disbursed_usd_left_out,
  count(distinct case when unconverted > 0 then activity end) as with_unconverted,
  count(distinct case when sign <> 'read' then activity end) as coded,
  count(distinct case when sign = 'read' then activity end) as only_read
from support group by country order by disbursed_usd desc, country
