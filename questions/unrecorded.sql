-- order = 32
-- group = "sure"
-- mends = true
-- title = { en = "What names a record that is not on file", fr = "Ce qui nomme une fiche qui n’existe pas", ar = "ما يسمّي سجلًا غير موجود" }
-- why = { en = "A typing error in an identifier leaves a unit without its commander, and no answer shows it.", fr = "Une faute dans un identifiant prive une unité de son commandant, et aucune réponse ne le montre.", ar = "خطأ في معرّف يترك وحدة بلا قائدها، ولا يُظهره أي جواب." }
-- [rule]
-- en = "Statements that stand and name a record of which nothing that stands and no data set says anything, or only what is marked above your view. Published activities are left out: they need not have been imported."
-- fr = "Énoncés en vigueur qui nomment une fiche dont aucun énoncé en vigueur et aucun jeu de données ne dit rien, ou seulement des énoncés classifiés plus haut que votre accès. Les activités publiées n’y sont pas : elles peuvent ne pas avoir été importées."
-- ar = "بيانات قائمة تسمّي سجلًا لا يقول عنه أي بيان قائم ولا أي مجموعة بيانات شيئًا، أو لا يقول عنه إلا ما هو أعلى سرية مما يمكنك رؤيته. ولا تدخل الأنشطة المنشورة: فقد لا تكون مستوردة."
with named as materialized (
  select s.kind, s.record, s.title, s.author, s.statement, f.refers_to, substr(j.value, length(f.prefix) + 1) as target
  from statement s join kind_field f on f.kind = s.kind join json_each(s.fields, '$.' || f.field) j
  where s.current = 1 and f.refers_to is not null and f.refers_to <> 'activity' and substr(j.value, 1, length(f.prefix)) = f.prefix and j.value <> ''
),
known as materialized (select distinct kind, record from statement where current = 1)
select kind, record, title as record_title, refers_to as named_kind, target as named_record, author, statement
from named where (refers_to, target) not in (select kind, record from known)
  -- What a data set brought is on file too; only for what nothing is said of are its rows looked at.
  and not case refers_to
    when 'document' then exists (select 1 from document d where d.record = target)
    when 'place' then exists (select 1 from place p where p.record = target)
    when 'incident' then exists (select 1 from incident i where i.record = target)
    when 'actor' then exists (select 1 from actor a where a.record = target)
    when 'person' then exists (select 1 from person h where h.record = target)
    when 'dialogue' then exists (select 1 from dialogue x where x.record = target)
    when 'indicator' then exists (select 1 from indicator x where x.record = target)
    when 'law' then exists (select 1 from law x where x.record = target)
    when 'mandate' then exists (select 1 from mandate x where x.record = target)
    when 'mandated_task' then exists (select 1 from mandated_task x where x.record = target)
    when 'outcome' then exists (select 1 from outcome x where x.record = target)
    when 'recommendation' then exists (select 1 from recommendation x where x.record = target)
    when 'reform' then exists (select 1 from reform x where x.record = target)
    when 'strategy' then exists (select 1 from strategy x where x.record = target)
    when 'survey' then exists (select 1 from survey x where x.record = target)
    else 0 end
order by kind, record, refers_to, target
