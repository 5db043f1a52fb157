-- order = 14
-- group = "support"
-- mends = true
-- rests_on = ["project", "training", "equipment", "relation", "mandated_task", "engagement"]
-- parts = ["called", "own_projects", "known_givers", "told_tasks", "task_about", "backing", "other_signs"]
-- title = { en = "Support that names no country", fr = "Appui qui ne nomme aucun pays", ar = "دعم لا يُذكر بلده" }
-- why = { en = "What is of no country is in no answer about one, and looks like a gap there.", fr = "Ce qui n’est d’aucun pays manque dans toute réponse sur un pays, et y semble une lacune.", ar = "ما لا بلد له لا يدخل في أي جواب عن بلد، ويبدو فيه ثغرة." }
-- [rule]
-- en = "Projects, trainings, equipment, relations of support, mandated tasks and reports that are of no country: neither they, nor the recipient, nor the mission name one, and the workspace is about no country, or about several. Say which country in the last column: of equipment and relations it is that of the institution."
-- fr = "Projets, formations, équipements, relations d’appui, tâches mandatées et rapports qui ne sont d’aucun pays : ni eux, ni le bénéficiaire, ni la mission n’en nomment un, et l’espace ne traite d’aucun pays, ou de plusieurs. Indiquez le pays dans la dernière colonne : pour les équipements et relations, c’est celui de l’institution."
-- ar = "مشاريع وتدريبات ومعدات وعلاقات دعم ومهام مكلّف بها وتقارير بلا بلد: لا هي ولا المستفيد ولا البعثة تذكر بلدًا، ومساحة العمل ليست عن بلد أو هي عن عدة بلدان. اذكر البلد في العمود الأخير: وهو في المعدات والعلاقات بلد المؤسسة."
with nowhere as (
  -- What is for several is of a country where it is for one of them.
  select kind, record, max(what) as record_title, max(supporter_name) as supporter_name, max(recipient_name) as recipient_name, max(starts) as starts, max(ends) as ends,
    max(case when kind in ('equipment', 'relation') then recipient end) as institution
  from other_signs group by kind, record having max(coalesce(country, '')) = ''
)
select kind, record, record_title, supporter_name, recipient_name, starts, ends, case when institution is null then kind else 'actor' end as mend_kind,
  coalesce(institution, record) as mend_record, 'no_country' as to_mend
from nowhere order by kind, record_title, record
