-- Which classes a task is about that names no institution: by its kind of task, its function or its words. Reads tasks from `told_tasks`.
about_class(told_by, code, class) as (values
  ('ssr_task', 'parliamentary_oversight', 'parliament'), ('ssr_task', 'civil_society_oversight', 'civil_society'),
  ('ssr_task', 'police_reform', 'police'), ('ssr_task', 'community_policing', 'police'), ('ssr_task', 'organised_crime', 'police'),
  ('ssr_task', 'defence_reform', 'military'), ('ssr_task', 'military_training', 'military'),
  ('ssr_task', 'intelligence_reform', 'intelligence'), ('ssr_task', 'justice_reform', 'justice'),
  ('ssr_task', 'transitional_justice', 'justice'), ('ssr_task', 'corrections_reform', 'corrections'),
  ('ssr_task', 'accountability_and_complaints', 'oversight'), ('ssr_task', 'national_security_strategy', 'ministry'),
  ('function', 'defence', 'military'), ('function', 'public_order', 'police'), ('function', 'intelligence', 'intelligence'),
  ('function', 'prosecution', 'justice'), ('function', 'adjudication', 'justice'), ('function', 'legal_aid', 'justice'),
  ('function', 'custody', 'corrections'),
  ('words', 'criminal justice', 'justice'), ('words', 'justice pénale', 'justice'), ('words', 'chaîne pénale', 'justice'),
  ('words', 'العدالة الجنائية', 'justice'), ('words', 'judiciary', 'justice'), ('words', 'law enforcement', 'police'), ('words', 'forces de l’ordre', 'police'),
  ('words', 'interior ministry', 'ministry'), ('words', 'ministry of the interior', 'ministry'), ('words', 'ministry of interior', 'ministry'),
  ('words', 'ministry of internal', 'ministry'), ('words', 'ministry of defence', 'ministry'), ('words', 'ministry of defense', 'ministry'),
  ('words', 'defence ministry', 'ministry'), ('words', 'ministry of justice', 'ministry'), ('words', 'ministry of security', 'ministry'),
  ('words', 'ministère de l’intérieur', 'ministry'), ('words', 'ministère de la défense', 'ministry'), ('words', 'ministère de la justice', 'ministry'),
  ('words', 'ministère de la sécurité', 'ministry'), ('words', 'وزارة الداخلية', 'ministry'), ('words', 'وزارة الدفاع', 'ministry'),
  ('words', 'وزارة العدل', 'ministry'), ('words', 'internal security force', 'police'), ('words', 'forces de sécurité intérieure', 'police'),
  ('words', 'قوى الأمن الداخلي', 'police'), ('words', 'قوات الأمن الداخلي', 'police'),
  ('words', 'prison', 'corrections'), ('words', 'pénitentiaire', 'corrections'),
  ('words', 'سجون', 'corrections')
),
-- Texts are folded once each, and not again for every pair.
about_said as materialized (select told_by, case told_by when 'words' then folded(code) else code end as code, class from about_class),
task_said as materialized (select kind, record, ssr_task, function, folded(task) as words from told_tasks where partner is null),
task_about as materialized (
  select distinct t.kind, t.record, a.class
  from task_said t join about_said a on a.code = case a.told_by when 'ssr_task' then t.ssr_task when 'function' then t.function end
    or (a.told_by = 'words' and instr(t.words, a.code) > 0)
)
