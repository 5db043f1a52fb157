-- Support that no aid activity tells of, as known for the day: what somebody stated (projects, trainings, equipment, relations), what a
-- mandate asks of a mission, what a document reports as done. A task that names no institution supports the classes that its kind of
-- task, its function or its words are about. Reads names from the part `called`, projects from `own_projects`. Actors are looked up once for all of it: SQLite opens
-- a place for each table of each view that is named. What has no date at all holds on no day: it is `undated`, neither active nor ended.
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
-- Who supports: what is known of each actor whenever it was, whether it is there on the day, when a mission ends (by its own end and
-- by its newest mandate, whichever is the later), and whether it is over.
known_giver as materialized (
  select *, case when not is_there then 1 when coalesce(ends, mandate_ends) is null then 0
      else coalesce(ends < substr(:valid_on, 1, length(ends)), 1) and coalesce(mandate_ends < substr(:valid_on, 1, length(mandate_ends)), 1) end as is_over
  from (
    select actor, max(name) as name, max(case when class = 'mission' then country end) as mission_country, max(is_there) as is_there, max(ends) as ends,
      max(case when kind = 'mandate' and nth = 1 then valid_to end) as mandate_ends
    from (
      select *, row_number() over (partition by actor, kind order by coalesce(valid_from, adopted, '') desc, said_at desc, statement desc) as nth,
        case when kind = 'actor' then coalesce(valid_from <= :valid_on, 1) and coalesce(valid_to >= substr(:valid_on, 1, length(valid_to)), 1) end as is_there,
        max(said_class) over (partition by actor) as class
      from (
        select kind, case kind when 'actor' then record else json_extract(fields, '$.mission') end as actor, json_extract(fields, '$.name') as name,
          json_extract(fields, '$.class') as said_class, json_extract(fields, '$.country') as country, json_extract(fields, '$.ends') as ends,
          json_extract(fields, '$.adopted') as adopted, valid_from, valid_to, said_at, statement
        from statement where kind in ('actor', 'mandate') and current = 1
      )
    ) group by actor
  )
),
-- A task without a date of its own holds as long as its mandate does.
task as materialized (
  select 'mandated' as sign, m.mission, m.mission_name, null as partner, null as partner_name, m.ssr_task, m.function, m.country, m.task,
    'mandated_task' as kind, m.record, m.valid_from as starts, m.valid_to as ends, m.valid_to is not null as own_dates, 1 as goes_on, m.undated and m.mandate is null as undated, m.source, m.url
  from mandated_task m
  union all
  -- What goes on is told for a year; what was done holds for the days that it names.
  select 'reported', e.mission, e.mission_name, e.partner, e.partner_name, e.ssr_task, e.function, e.country, e.task, 'engagement', e.record,
    coalesce(e.valid_from, e.date), coalesce(e.valid_to, e.date),
    coalesce(e.valid_from <= :valid_on and e.valid_to >= substr(:valid_on, 1, length(e.valid_to)), 0),
    coalesce(e.mode = 'ongoing' and e.valid_to is null and e.date >= substr(plus_months(:valid_on, -12), 1, length(e.date)), 0), coalesce(e.date, e.valid_from, e.valid_to) is null, e.source, e.url
  from engagement e where e.mode in ('done', 'ongoing') and (coalesce(e.valid_from, e.date) is null or coalesce(e.valid_from, e.date) <= :valid_on)
),
-- Texts are folded once each, and not again for every pair.
about_said as materialized (select told_by, case told_by when 'words' then folded(code) else code end as code, class from about_class),
task_said as materialized (select kind, record, ssr_task, function, folded(task) as words from task where partner is null),
task_about as materialized (
  select distinct t.kind, t.record, a.class
  from task_said t join about_said a on a.code = case a.told_by when 'ssr_task' then t.ssr_task when 'function' then t.function end
    or (a.told_by = 'words' and instr(t.words, a.code) > 0)
),
-- Relations of support. One of which a source last spoke more than a year before the day, and nobody says when it ends, was reported
-- earlier, until then.
backing as (
  select record, subject, subject_name, object, object_name, coalesce(classification, note) as what, starts, coalesce(valid_to, case when is_old then last_day end) as ends,
    case when starts is null and valid_to is null and last_day is null then 'undated' when is_old then 'reported_earlier' else 'active' end as phase, valid_to is not null as own_dates, source, url
  from (
    select *, coalesce(valid_from, first_cited, last_cited) as starts, max(coalesce(last_cited, first_cited, substr(verified_at, 1, 10)), coalesce(substr(verified_at, 1, 10), '')) as last_day,
      valid_to is null and max(coalesce(last_cited, first_cited, substr(verified_at, 1, 10)), coalesce(substr(verified_at, 1, 10), '')) < plus_months(:valid_on, -12) as is_old
    from relation where relation = 'supports'
  )
),
other_sign as (
  -- What several pay for, or what is for several, stands once for each of them; its amount is told once, with those named first.
  select 'stated' as sign, y.value as supporter, case when y.value is p.supporter then p.supporter_name end as supporter_name,
    s.value as recipient, case when s.value is p.recipient then p.recipient_name end as recipient_name,
    case when s.value is p.recipient then p.recipient_class end as class, p.function, p.country,
    p.title as what, 'project' as kind, p.record, case when y.value is p.supporter and s.value is p.recipient then p.spent end as amount,
    case when y.value is p.supporter and s.value is p.recipient then p.committed end as committed, p.currency, p.starts, p.ends,
    p.phase_shown as phase, 1 as own_dates, p.source, p.url
  from own_projects p, json_each(json_insert(coalesce(p.other_supporters, '[]'), '$[#]', p.supporter)) y,
    json_each(json_insert(coalesce(p.other_recipients, '[]'), '$[#]', p.recipient)) s
  union all
  select 'stated', coalesce(t.given_by, t.supporter, t.trainer_unit), coalesce(t.given_by_name, t.supporter, t.trainer_unit), t.recipient, t.recipient_unit, null,
    'training_and_education', t.country, coalesce(t.course, t.program), 'training', t.record, t.cost, null, t.currency, t.starts, t.ends,
    case when coalesce(t.starts, t.ends) is null then 'undated' when t.starts > :valid_on then 'planned' when t.starts <= :valid_on and t.ends >= substr(:valid_on, 1, length(t.ends)) then 'active' else 'ended' end, 1, t.source, t.url
  -- What was recorded before it began is planned until then; of what came on record afterwards nobody knew that on the day.
  from training t where t.starts is null or t.starts <= :valid_on or t.starts > t.recorded_at
  union all
  select 'stated', q.supporter, q.supporter_name, q.recipient, q.recipient_name, null, null, null, q.item, 'equipment', q.record, q.value, null, q.currency,
    q.handed_over, q.handed_over, case when q.handed_over is null then 'undated' when q.handed_over > :valid_on then 'planned' else 'ended' end, 1, q.source, q.url
  from equipment q where q.handed_over is null or q.handed_over <= :valid_on or q.handed_over > q.recorded_at
  union all
  select 'stated', r.subject, r.subject_name, r.object, r.object_name, null, null, null, r.subject_name || ' → ' || r.object_name,
    'relation', r.record, null, null, null, r.starts, r.ends, r.phase, r.own_dates, r.source, r.url
  from backing r
  union all
  select t.sign, t.mission, t.mission_name, t.partner, t.partner_name, c.class, t.function, t.country, t.task, t.kind, t.record, null, null, null, t.starts, t.ends,
    case when t.undated then 'undated' when t.own_dates or t.goes_on then 'active' else 'reported_earlier' end, t.own_dates, t.source, t.url
  from task t left join task_about c on c.kind = t.kind and c.record = t.record
),
other_signs as materialized (
  select sign, supporter, supporter_name, actor_class, security_function, country, recipient, recipient_name, what, kind, record,
    case when currency = 'USD' then amount end as disbursed_usd, case when currency is distinct from 'USD' then amount end as amount,
    case when currency = 'USD' then committed end as committed_usd, case when currency is distinct from 'USD' then committed end as committed,
    case when currency <> 'USD' and (amount is not null or committed is not null) then currency end as currency, starts, ends,
    -- Of what was to begin and may not have, a gap knows as much as of what may be over.
    case phase when 'not_begun' then 'overdue' else phase end as phase, phase as phase_shown, phase = 'active' as active, source, url
  from (
    select o.sign, o.supporter, coalesce(nullif(o.supporter_name, o.supporter), e.name, o.supporter) as supporter_name,
      -- A unit of another country that is trained here is no service of this country.
      coalesce(o.class, case when o.country is null or coalesce(r.country, o.country) = o.country then r.class end, n.class, 'unspecified') as actor_class,
      coalesce(o.function, 'unspecified') as security_function,
      coalesce(o.country, r.country, n.country, e.mission_country, home_country()) as country,
      coalesce(r.record, n.record) as recipient, coalesce(o.recipient_name, r.name) as recipient_name, o.what, o.kind, o.record, o.amount, o.committed, o.currency, o.starts, o.ends,
      -- What a mission that is over was asked or said to do goes on only if somebody confirms it.
      case when o.phase = 'active' and not o.own_dates and e.is_over
        then case o.kind when 'engagement' then 'reported_earlier' else 'overdue' end else o.phase end as phase, o.source, o.url
    from other_sign o
    left join actor r on r.record = o.recipient
    left join called n on r.record is null and n.called = folded(coalesce(o.recipient_name, o.recipient)) and (n.country = o.country or n.alone and (n.country is null or o.country is null))
    left join known_giver e on e.actor = o.supporter
  )
)
