-- order = 4
-- group = "support"
-- engine = "any"
-- rests_on = ["project", "training", "equipment", "relation", "mandated_task", "engagement"]
-- parts = ["called", "own_projects", "known_givers", "told_tasks", "task_about", "backing", "other_signs"]
-- title = { en = "Cliffs", fr = "Ruptures", ar = "انقطاعات وشيكة" }
-- why = { en = "Support that ends soon with nothing behind it: what was built may be lost.", fr = "Un appui qui prend bientôt fin sans relève : l’acquis peut se perdre.", ar = "دعم ينتهي قريبًا ولا شيء بعده: قد يضيع ما بُني." }
-- [rule]
-- en = "Support that is active on the day of validity, by whatever sign, and ends within six months, where nothing on record for the same class and function of the country ends later: activities (coded, read), projects, trainings and relations (stated), tasks (mandated, reported); equipment that is still to be handed over comes later too. Where it names no function, it is for what its class is there for (police: public order), as activities are read. A task or report without an end of its own lasts as long as its mission, by the newest mandate. Each row is of one sign; signs are not added up. What else is active or planned for the class and function without an end on record may go on or not: its signs stand beside."
-- fr = "Appui en cours le jour de validité, selon quelque indice que ce soit, et finissant dans les six mois, sans que rien d’enregistré pour la même catégorie et la même fonction du pays ne finisse plus tard : activités (codé, lu), projets, formations et relations (déclaré), tâches (mandaté, rapporté) ; un équipement encore à remettre vient aussi plus tard. Sans fonction indiquée, c’est ce à quoi sert la catégorie (police : ordre public), comme on lit les activités. Une tâche ou un rapport sans fin propre dure autant que sa mission, selon le dernier mandat. Chaque ligne relève d’un seul indice ; les indices ne s’additionnent pas. Ce qui est en cours ou prévu pour la même catégorie et la même fonction sans fin enregistrée continuera ou non : ses indices sont à côté."
-- ar = "دعم جارٍ في يوم السريان بأي دليل كان وينتهي خلال ستة أشهر، ولا شيء مسجَّل للفئة والوظيفة نفسيهما في البلد ينتهي بعده: أنشطة (مرمَّز، مقروء) ومشاريع وتدريبات وعلاقات (مصرَّح به) ومهام (مكلّف به، مُبلَّغ عنه)؛ والتجهيز الذي لم يُسلَّم بعد يأتي لاحقًا أيضًا. وما لا يذكر وظيفة فهو لما وُجدت الفئة له (الشرطة: النظام العام)، كما تُقرأ الأنشطة. والمهمة أو التقرير بلا نهاية خاصة يدوم ما دامت بعثته، بحسب أحدث ولاية. وكل سطر من دليل واحد، والأدلة لا تُجمع. وما هو جارٍ أو مخطط للفئة والوظيفة نفسيهما بلا نهاية مسجلة قد يستمر وقد لا يستمر: أدلته مذكورة بجانبه."
-- [event]
-- title = "title"
-- day = "ends"
-- about = ["country", "actor_class", "supporter_name"]
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with told as (
  select country, actor_class, security_function, supporter, supporter_name, case when sign = 'read' then 'read' else 'coded' end as sign,
    'activity' as kind, identifier as record, identifier, title, phase, case when phase = 'planned' or ends >= substr(:valid_on, 1, length(ends)) then ends end as ends
  from support where phase in ('active', 'planned')
  union all
  select country, actor_class, function_meant, supporter, supporter_name, sign, kind, record, null, what, phase, lasts_until
  from other_signs where phase in ('active', 'planned')
),
-- Until when anything is on record for the same class and function of the country, and by which signs something is without an end.
lasting as (
  select country, actor_class, security_function, max(ends) as until,
    max(case when ends is null and sign = 'coded' then ',coded' else '' end) || max(case when ends is null and sign = 'read' then ',read' else '' end)
      || max(case when ends is null and sign = 'stated' then ',stated' else '' end) || max(case when ends is null and sign = 'mandated' then ',mandated' else '' end)
      || max(case when ends is null and sign = 'reported' then ',reported' else '' end) as endless
  from told group by country, actor_class, security_function
)
select t.country, t.actor_class, t.security_function, t.supporter, max(t.supporter_name) as supporter_name, t.identifier, max(t.title) as title,
  t.sign, t.kind, t.record, max(t.ends) as ends, max(case when l.endless <> '' then substr(l.endless, 2) end) as signs_without_end
from told t join lasting l on l.country = t.country and l.actor_class = t.actor_class and l.security_function = t.security_function
where t.country <> '' and (:country = '' or t.country = :country) and t.phase = 'active' and t.ends <= :in_six_months and substr(l.until, 1, length(t.ends)) <= t.ends
group by t.country, t.actor_class, t.security_function, t.supporter, t.identifier, t.sign, t.kind, t.record
-- What nothing follows comes before what something without an end may follow.
order by case when max(l.endless) = '' then 0 else 1 end, max(t.ends), t.country, max(t.supporter_name), t.record, t.actor_class, t.security_function, t.supporter, t.identifier,
  t.kind, t.sign
