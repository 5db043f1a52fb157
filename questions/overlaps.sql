-- order = 2
-- group = "support"
-- rests_on = ["project", "training", "relation", "mandated_task", "engagement"]
-- parts = ["called", "own_projects", "known_givers", "told_tasks", "task_about", "backing", "other_signs", "one_name"]
-- title = { en = "Overlaps", fr = "Chevauchements", ar = "التداخلات" }
-- why = { en = "Two or more partners at the same task can divide the labour, or double it.", fr = "Deux partenaires ou plus à la même tâche peuvent se la répartir, ou la doubler.", ar = "شريكان أو أكثر في المهمة نفسها قد يتقاسمانها أو يكررانها." }
-- [rule]
-- en = "Two or more supporters whose support is active on the day of validity, by whatever sign: activities (coded, read), projects, trainings and relations (stated), tasks (mandated, reported). It is for the same class and function of a country; where it names no function, for training if training is how it is given, else for what its class is there for (police: public order), as activities are read. A row without a recipient stands where one of them at least names none; whoever names the same institution stands in a row of its own. A supporter has one name, and counts once, where names or identifiers on record say so; what several pay for together is one support. Together since the latest start, until the earliest end. Two signs may tell of one support: an overlap is a place to look, not a fault."
-- fr = "Deux partenaires ou plus dont l’appui est en cours le jour de validité, selon quelque indice que ce soit : activités (codé, lu), projets, formations et relations (déclaré), tâches (mandaté, rapporté). Il vise la même catégorie et la même fonction d’un pays ; sans fonction indiquée, la formation si c’est ainsi qu’il est donné, sinon ce à quoi sert la catégorie (police : ordre public), comme on lit les activités. Une ligne sans bénéficiaire paraît si l’un d’eux au moins n’en nomme aucun ; ceux qui nomment la même institution ont leur propre ligne. Un partenaire porte un seul nom, et compte une fois, si les noms ou identifiants enregistrés le disent ; ce que plusieurs paient ensemble est un seul appui. Ensemble depuis le début le plus tardif, jusqu’à la fin la plus proche. Deux indices peuvent dire un même appui : un chevauchement est un point à examiner, pas une faute."
-- ar = "داعمان أو أكثر دعمهم جارٍ في يوم السريان بأي دليل كان: أنشطة (مرمَّز، مقروء) ومشاريع وتدريبات وعلاقات (مصرَّح به) ومهام (مكلّف به، مُبلَّغ عنه). وهو للفئة والوظيفة نفسيهما في بلد؛ وما لا يذكر وظيفة فللتدريب إن كان يُقدَّم تدريبًا، وإلا فلما وُجدت الفئة له (الشرطة: النظام العام)، كما تُقرأ الأنشطة. ويظهر سطر بلا مستفيد إذا كان أحدهم على الأقل لا يسمي مستفيدًا؛ ومن يسمّون المؤسسة نفسها في سطر مستقل. وللداعم اسم واحد ويُعدّ مرة واحدة حيث تقول ذلك الأسماء أو المعرّفات المسجلة؛ وما يموّله عدة معًا دعم واحد. معًا منذ أحدث بداية وحتى أقرب نهاية. وقد يصف دليلان دعمًا واحدًا: التداخل موضع للنظر لا خطأ."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with told as (
  select country, actor_class, security_function, null as recipient, null as recipient_name, supporter, supporter_name, case when sign = 'read' then 'read' else 'coded' end as sign,
    'activity ' || activity as record, starts, ends
  from support where phase = 'active'
  union all
  select country, actor_class, function_meant, coalesce(recipient, folded(recipient_name)), recipient_name, supporter, supporter_name, sign,
    kind || ' ' || record, starts, lasts_until
  from other_signs where phase = 'active'
),
-- Whoever gives counts once, whichever way it is named.
given as materialized (
  select t.*, coalesce(i.record, n.record, t.supporter, t.supporter_name) as giver, coalesce(i.name, n.name, t.supporter_name) as giver_name,
    case when t.security_function = 'unspecified' then coalesce(usual_function(t.actor_class), 'unspecified') else t.security_function end as function
  from told t left join one_name i on i.key = '#' || t.supporter left join one_name n on n.key = folded(t.supporter_name)
  where t.actor_class <> 'unspecified' and t.country <> '' and (:country = '' or t.country = :country)
),
-- Each stands for its class, and where it names an institution for that too.
meant as (
  select *, '' as named from given union all select *, recipient from given where recipient is not null
),
cell as (
  select country, actor_class, function, named, giver, max(giver_name) as giver_name, max(recipient is null) as names_none,
    max(recipient_name) as recipient_name, group_concat(distinct sign) as signs, count(distinct record) as records,
    min(record) as first_record, max(record) as last_record, min(starts) as starts, max(ends) as ends
  from meant where giver is not null group by country, actor_class, function, named, giver
),
together as (
  select country, actor_class, function as security_function, named, max(recipient_name) as recipient_name, count(*) as supporters,
    group_concat(giver_name, '; ') as supporter_names, sum(records) as support_records, ',' || group_concat(signs) || ',' as signs,
    max(starts) as since, min(ends) as until
  from cell group by country, actor_class, function, named
  -- What two pay for together is one support.
  having count(*) >= 2 and min(first_record) <> max(last_record) and (named <> '' or max(names_none))
)
select country, actor_class, security_function, case when named <> '' then recipient_name end as recipient_name, supporters, supporter_names,
  support_records, (select group_concat(code) from (select code from code where list = 'sign' and instr(t.signs, ',' || code || ',') order by position)) as signs,
  since, until
from together t
order by supporters desc, country, actor_class, security_function, named
