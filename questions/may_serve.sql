-- order = 34
-- group = "mandate"
-- parts = ["called", "own_projects", "could_serve"]
-- needs = ["mission", "country", "task"]
-- title = { en = "What may serve a task", fr = "Ce qui peut servir une tâche", ar = "ما قد يخدم مهمة" }
-- why = { en = "Links between tasks and what is done are seldom published; likely ones can be looked at and recorded.", fr = "Les liens entre tâches et actions sont rarement publiés ; les liens probables peuvent être examinés et enregistrés.", ar = "الروابط بين المهام وما يُنجز نادرًا ما تُنشر؛ والمحتمل منها يمكن النظر فيه وتسجيله." }
-- [rule]
-- en = "For the tasks of the mission or country chosen, and for the reforms and outcomes of dialogues of the country, what is not yet said to serve them: engagements of the same mission with the same task of reform or the same activity (PACT); activities of the security sector that are active in the country, own projects that have not ended, and trainings, for the same function, or for an institution that the task names; none that was over before the task was given. A task names an institution where its title or the sentence of the mandate does. A likeness is no link: where it is one, record it in its row, as a contribution of the activity, or as what the engagement, project or training serves."
-- fr = "Pour les tâches de la mission ou du pays choisi, et pour les réformes et résultats de dialogues du pays, ce qui n’est pas encore dit les servir : actions de la même mission pour la même tâche de réforme ou la même activité (PACT) ; activités du secteur de la sécurité en cours dans le pays, projets propres non terminés et formations, pour la même fonction, ou pour une institution que la tâche nomme ; rien de ce qui était fini avant que la tâche fût donnée. Une tâche nomme une institution si son titre ou la phrase du mandat le fait. Une ressemblance n’est pas un lien : si c’en est un, enregistrez-le dans sa ligne, comme contribution de l’activité ou comme ce que servent l’action, le projet ou la formation."
-- ar = "لمهام البعثة أو البلد المختار، ولإصلاحات البلد ونتائج حواراته، ما لم يُقل بعد إنه يخدمها: أعمال البعثة نفسها لمهمة الإصلاح نفسها أو النشاط نفسه (PACT)؛ وأنشطة القطاع الأمني الجارية في البلد والمشاريع الخاصة التي لم تنتهِ والتدريبات، للوظيفة نفسها، أو لمؤسسة تسمّيها المهمة؛ ولا شيء مما انتهى قبل إسناد المهمة. وتسمّي المهمة مؤسسة إذا سمّاها عنوانها أو جملة الولاية. والشبه ليس رابطًا: حيث يكون رابطًا سجّله في سطره، مساهمةً للنشاط أو بوصفه ما يخدمه العمل أو المشروع أو التدريب."
-- [[parameter]]
-- name = "mission"
-- record = "actor"
-- label = { en = "Mission (acronym, name or identifier)", fr = "Mission (sigle, nom ou identifiant)", ar = "البعثة (المختصر أو الاسم أو المعرّف)" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "task"
-- records = ["mandated_task", "reform", "outcome"]
-- label = { en = "Task, reform or outcome (identifier)", fr = "Tâche, réforme ou résultat (identifiant)", ar = "المهمة أو الإصلاح أو النتيجة (المعرّف)" }
select kind, record, title as record_title, actor, actor_name, country, match_kind, coalesce(match_record, identifier) as match_record, match_title, identifier, mode as statement_mode, day as match_day,
  match_reason, case match_kind when 'activity' then 'contribution' else match_kind end as link_kind, match_record as link_record,
  kind || ':' || record as link_target, source, url
from could_serve
where :mission <> '' or :country <> '' or :task <> ''
order by case kind when 'mandated_task' then 1 when 'reform' then 2 else 3 end, actor_name, title, match_kind, match_day desc, match_title, record, coalesce(match_record, identifier)
