-- order = 12
-- group = "support"
-- overlapping = "sign"
-- engine = "any"
-- below = ["not_split", "not_converted", "without_country"]
-- parts = ["party", "by_party", "called", "own_projects", "known_givers", "told_tasks", "task_about", "backing", "other_signs", "implementers", "one_name"]
-- title = { en = "Support by every sign", fr = "Appui selon chaque indice", ar = "الدعم بحسب كل دليل" }
-- why = { en = "Aid activities are only one trace of support: what missions are asked to do, what documents report as done, what offices state and who was trained are others.", fr = "Les activités d’aide ne sont qu’une trace de l’appui : ce que les mandats demandent, ce que des documents disent fait, ce que des bureaux déclarent et qui a été formé en sont d’autres.", ar = "أنشطة المعونة أثر واحد فقط من آثار الدعم: ما يُطلب من البعثات وما تذكر الوثائق إنجازه وما تصرّح به المكاتب ومن جرى تدريبه آثار أخرى." }
-- [rule]
-- en = "One row for each activity, project, training, item of equipment, relation, mandated task and reported activity, by recipient and function. Coded: the publisher’s purpose code says so. Read: only the publisher’s words do; the amount is an estimated share. Stated: somebody recorded a project, training, equipment or a relation of support. Mandated: a document asks a mission to do it. Reported: a document says that it was done. Planned, of whichever sign: it begins only after the day. A project that several pay for, or that is for several classes or institutions, stands once for each; its amount is told once, with those named first, and called not split. Supporters by implementer: who carries out an activity or a project, and who trains; where nobody is named, whoever reports or gives it. By reporter and by funder, what is stated stands under whoever gives it. A supporter has one name where names or identifiers on record say so. The signs tell of the same support in different ways, so rows of different signs are not to be added up. Amounts in another currency stand beside, not converted. An activity whose money may be counted elsewhere too says so: by funder, only with the funder that reports for the country itself. A row without an amount counts as a row. A recipient that is only named is the institution that alone has that name, acronym or other name in the country; a unit of another country is not named. Where no record has the name of a recipient, its words say the class (Army, Ministry of Defence), or the acronym in it that one service alone has in the country, if they do. A task that names no institution supports the classes that its kind, its function or its words are about (police reform: the police). A mandated task has ended with its own end or with its mission. It is not known whether it goes on where that end was the last on record for its mission, and for a task without an end where its mission is past that, or where no mandate with an end to come asks for it and no source has spoken of it within a year. A relation of support that no source has spoken of for more than a year, and that has no end, was reported earlier. A report counts as active on the days that it names, or where it tells within the 12 months before the day of what goes on and the mission is not over; what is older was reported earlier. Of a project what is said of its status goes before its dates: one that is closed has ended, of one that is planned though its start is past it is not known whether it has begun, and of one without an end that no source has spoken of within a year whether it goes on. What names no country is in that of its recipient or mission, else in the only country that the workspace is about."
-- fr = "Une ligne par activité, projet, formation, équipement, relation, tâche mandatée et activité rapportée, par bénéficiaire et fonction. Codé : le code-objet le dit. Lu : seuls les mots le disent ; le montant est une part estimée. Déclaré : un projet, une formation, un équipement ou une relation d’appui a été enregistré. Prévu par le mandat : un document le demande à une mission. Rapporté : un document dit que cela a été fait. Prévu, quel que soit l’indice : cela ne commence qu’après le jour dit. Un projet que plusieurs financent, ou pour plusieurs catégories ou institutions, forme une ligne pour chacune ; son montant figure une fois, avec les premiers nommés, et est dit non réparti. Partenaires selon l’exécution : qui met en œuvre une activité ou un projet, et qui forme ; si personne n’est nommé, qui le publie ou le donne. Selon le déclarant ou le bailleur, ce qui est déclaré va sous qui le donne. Un partenaire a un seul nom si des noms ou identifiants enregistrés le disent. Les indices disent le même appui de façons différentes : leurs lignes ne s’additionnent pas. Les montants dans une autre devise sont à côté, non convertis. Une activité dont l’argent est peut-être compté ailleurs aussi le dit : selon le bailleur, seulement avec celui qui déclare lui-même pour le pays. Une ligne sans montant compte comme ligne. Un bénéficiaire seulement nommé est l’institution qui porte seule ce nom, sigle ou autre nom dans le pays ; une unité d’un autre pays reste non précisée. Si aucune fiche ne porte le nom du bénéficiaire, ses mots disent la catégorie (armée, ministère), ou le sigle que seul un service du pays porte, quand ils le font. Une tâche qui ne nomme aucune institution appuie les catégories dont traitent son type, sa fonction ou ses mots (réforme de la police : la police). Une tâche mandatée a pris fin à sa propre fin ou avec sa mission. On ignore si elle se poursuit si cette fin était la dernière enregistrée pour sa mission et, pour une tâche sans fin, si sa mission l’a dépassée, ou si aucun mandat dont la fin est à venir ne la demande et qu’aucune source n’en a parlé depuis un an. Une relation d’appui sans fin connue, dont aucune source ne parle depuis plus d’un an, a été rapportée auparavant. Un rapport est en cours les jours qu’il nomme, ou s’il dit dans les 12 mois précédents ce qui se poursuit et que la mission n’est pas close ; sinon rapporté auparavant. D’un projet, le statut déclaré passe avant les dates : fermé, il a pris fin ; planifié alors que son début est passé, on ignore s’il a commencé ; sans fin et sans source depuis un an, s’il se poursuit. Ce qui ne nomme aucun pays est dans celui du bénéficiaire ou de la mission, sinon dans le seul pays dont traite l’espace."
-- ar = "سطر لكل نشاط ومشروع وتدريب وتجهيز وعلاقة ومهمة مكلّف بها ونشاط مُبلَّغ عنه، بحسب المستفيد والوظيفة. مرمَّز: رمز الغرض يدل. مقروء: الكلمات وحدها تدل والمبلغ حصة مقدَّرة. مصرَّح به: سُجِّل مشروع أو تدريب أو تجهيز أو علاقة دعم. مكلّف به: وثيقة تطلبه من بعثة. مُبلَّغ عنه: وثيقة تذكر إنجازه. مخطَّط، بأي دليل: لا يبدأ إلا بعد اليوم. المشروع الذي تموّله عدة جهات أو يخص عدة فئات أو مؤسسات سطر لكل منها؛ ويُذكر مبلغه مرة واحدة مع المذكور أولًا ويُقال إنه غير موزَّع. والداعمون بحسب الجهة المنفّذة: من ينفّذ النشاط أو المشروع ومن يدرّب؛ وإن لم يُسمَّ أحد فمن يبلّغ عنه أو يقدّمه. أما بحسب الجهة المبلِّغة أو المموّلة فالمصرَّح به تحت من يقدّمه. وللداعم اسم واحد حيث تدل عليه الأسماء أو المعرّفات المسجلة. الأدلة تصف الدعم نفسه بطرق مختلفة فلا تُجمع أسطرها. والمبالغ بعملة أخرى تُعرض جانبًا دون تحويل. ويُشار إلى النشاط الذي قد يكون ماله محتسبًا في موضع آخر أيضًا: وبحسب المموّل، فقط مع المموّل الذي يبلّغ بنفسه عن البلد. والسطر بلا مبلغ يُحتسب سطرًا. والمستفيد المذكور بالاسم فقط هو المؤسسة التي تنفرد بذلك الاسم أو المختصر في البلد، ووحدة بلد آخر تبقى غير مسماة. وإن لم يكن للمستفيد سجل بهذا الاسم دلّت كلماته على فئته (جيش، وزارة)، أو مختصر ينفرد به جهاز واحد في البلد، حيث تدل. والمهمة التي لا تسمّي مؤسسة تدعم الفئات التي يعنيها نوعها أو وظيفتها أو كلماتها (إصلاح الشرطة: الشرطة). انتهت المهمة المكلّف بها بنهايتها أو بانتهاء بعثتها. ولا يُعرف أمستمرة هي إن كانت تلك آخر نهاية مسجلة لبعثتها، ولا المهمة بلا نهاية إن تجاوزت بعثتها تلك النهاية، أو لم تطلبها ولاية نهايتها قادمة ولم يذكرها مصدر منذ سنة. وعلاقة الدعم التي لم يتحدث عنها مصدر منذ أكثر من سنة ولا نهاية لها أُبلغ عنها سابقًا. ويُعدّ التقرير جاريًا في الأيام التي يذكرها، أو إذا ذكر خلال الأشهر الاثني عشر السابقة ما هو مستمر والبعثة لم تنتهِ؛ وما كان أقدم فقد أُبلغ عنه سابقًا. وحالة المشروع المصرَّح بها تسبق تواريخه: فالمغلق منتهٍ، والمخطط الذي مضى موعد بدئه لا يُعرف أبدأ، وما لا نهاية له ولم يذكره مصدر منذ سنة لا يُعرف أمستمر. وما لا يُذكر بلده يُحسب في بلد المستفيد أو البعثة، وإلا ففي البلد الوحيد الذي تُعنى به مساحة العمل."
-- [[draw]]
-- form = "matrix"
-- label = "supporter_name"
-- group = "actor_class"
-- value = "active_records"
-- title = { en = "Who supports which institutions", fr = "Qui appuie quelles institutions", ar = "من يدعم أي مؤسسات" }
-- unit = { en = "Records of what runs on the day; several may tell of the same support", fr = "Fiches de ce qui est en cours ce jour-là ; plusieurs peuvent dire le même appui", ar = "سجلات ما هو جارٍ في ذلك اليوم؛ وقد يصف عدد منها الدعم نفسه" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "sign"
-- choices = ["", "coded", "read", "stated", "mandated", "reported", "planned"]
-- label = { en = "Sign", fr = "Indice", ar = "الدليل" }
-- [[parameter]]
-- name = "who"
-- choices = ["reporter", "funder", "implementer"]
-- default = "reporter"
-- label = { en = "Supporters by", fr = "Partenaires selon", ar = "الداعمون بحسب" }
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
-- name = "recipient"
-- label = { en = "Recipient by name", fr = "Bénéficiaire par nom", ar = "المستفيد بالاسم" }
with by_sign as materialized (
  select case when s.sign = 'read' then 'read' else 'coded' end as sign, s.party as supporter, s.party_name as supporter_name, s.actor_class, s.security_function, s.country,
    null as recipient_name, s.title as what, 'activity' as kind, s.identifier as record, s.committed_usd * s.weight as committed_usd, s.disbursed_usd * s.weight as disbursed_usd,
    null as committed, null as amount, null as currency, s.starts, s.ends, s.phase, case when s.phase = 'active' then 1 else 0 end as active, null as source, null as url,
    s.committed_usd_set_apart * s.weight as committed_usd_set_apart, s.disbursed_usd_set_apart * s.weight as disbursed_usd_set_apart, nullif(s.may_double, 0) as doubtful
  from by_party s
  union all
  -- Where nobody says who carries it out, whoever gives it stands for them; of several, the first has the amount.
  select o.sign, case when i.record is null then o.supporter else i.implementer end, case when i.record is null then o.supporter_name else i.implementer_name end,
    o.actor_class, o.security_function, o.country, o.recipient_name, o.what, o.kind, o.record, case when coalesce(i.nth, 1) = 1 then o.committed_usd end,
    case when coalesce(i.nth, 1) = 1 then o.disbursed_usd end, case when coalesce(i.nth, 1) = 1 then o.committed end, case when coalesce(i.nth, 1) = 1 then o.amount end,
    case when coalesce(i.nth, 1) = 1 then o.currency end, o.starts, o.ends, o.phase_shown, o.active, o.source, o.url, null, null, null
  from other_signs o left join (select * from implementers where :who = 'implementer') i on i.kind = o.kind and i.record = o.record
  where o.starts is null or o.starts <= :valid_on or o.phase_shown = 'planned'
),
-- Whoever gives has one name, where names or identifiers on record say who it is.
giver_called as materialized (
  select g.supporter, g.supporter_name, coalesce(i.record, n.record) as record, coalesce(i.name, n.name) as name
  from (select distinct supporter, supporter_name from by_sign) g
  left join one_name i on i.key = '#' || g.supporter left join one_name n on n.key = folded(g.supporter_name)
),
support_by_sign as (
  select s.*, case when s.kind = 'activity' then s.supporter else coalesce(g.record, s.supporter) end as giver, coalesce(g.name, s.supporter_name) as giver_name
  from by_sign s left join giver_called g on (g.supporter is not distinct from s.supporter) and (g.supporter_name is not distinct from s.supporter_name)
),
-- What has an amount and stands in several rows: nobody says which of them has how much of it.
undivided as (
  select kind, record from support_by_sign where kind <> 'activity'
  group by kind, record having max(coalesce(committed_usd, disbursed_usd, committed, amount)) is not null
    and count(distinct coalesce(giver, '') || '|' || coalesce(giver_name, '') || '|' || actor_class || '|' || coalesce(recipient_name, '')) > 1
),
told as (
  select s.*, case when u.record is not null then 1 end as not_split
  from support_by_sign s left join undivided u on u.kind = s.kind and u.record = s.record
)
select sign, giver as supporter, giver_name as supporter_name, actor_class, security_function, recipient_name, country, what as record_title, kind, record,
  max(phase) as phase, max(active) as active,
  -- In a cell of the matrix a record counts once.
  case when max(active) = 1 and row_number() over (partition by giver, giver_name, actor_class, kind, record order by sign, security_function, recipient_name, country, what, source, url) = 1 then 1 else 0 end as active_records,
  sum(committed_usd) as committed_usd, sum(disbursed_usd) as disbursed_usd,
  sum(committed_usd_set_apart) as committed_usd_set_apart, sum(disbursed_usd_set_apart) as disbursed_usd_set_apart, max(committed) as committed_other, max(amount) as amount_other, max(currency) as currency, max(not_split) as not_split, max(doubtful) as doubtful,
  max(starts) as starts, max(ends) as ends, source, url
from told
where (:country = '' or country = :country) and (:sign = '' or sign = :sign or :sign = 'planned' and phase = 'planned') and (:class = '' or actor_class = :class)
  and (:function = '' or security_function = :function) and (:supporter = '' or :supporter in (supporter, supporter_name, giver, giver_name) or :supporter = 'not_named' and coalesce(giver, giver_name) is null)
  and (:recipient = '' or lower(folded(recipient_name)) like lower('%' || folded(:recipient) || '%') or lower(folded(what)) like lower('%' || folded(:recipient) || '%'))
group by sign, giver, giver_name, actor_class, security_function, recipient_name, country, what, kind, record, source, url
order by case sign when 'coded' then 1 when 'read' then 2 when 'stated' then 3 when 'mandated' then 4 else 5 end, giver_name, starts desc, what, record,
  giver, actor_class, security_function, recipient_name, country, kind, source, url
