-- order = 22
-- group = "who"
-- needs = ["actor"]
-- parts = ["same_state", "told_over", "commanded", "asked_body", "actor_names", "ended_actors"]
-- title = { en = "Who commanded it", fr = "Qui l’a commandé", ar = "من قادها" }
-- why = { en = "Responsibility follows command, and commanders change.", fr = "La responsabilité suit le commandement, et les commandants changent.", ar = "المسؤولية تتبع القيادة، والقادة يتغيرون." }
-- [rule]
-- en = "All postings of an actor that anybody has recorded, each with its source: those of the day of validity first (commanders, then who acts, then deputies, then others), then those without any date, then earlier and later ones. “Not confirmed”: last cited before the day, and nobody says that it ended, or only its end is known and the day lies before. Where no dated commander is on record for the day, a row says so; so does one where who held the post was erased. Postings above your view are not shown."
-- fr = "Toutes les affectations enregistrées d’un acteur, chacune avec sa source : d’abord celles du jour de validité (commandants, intérimaires, adjoints, autres), puis celles sans date, puis les antérieures et ultérieures. « Non confirmé » : cité pour la dernière fois avant ce jour, et personne ne dit que cela a pris fin, ou seule sa fin est connue et ce jour la précède. Sans commandant daté pour ce jour, une ligne le dit ; de même si la personne en poste a été effacée. Les affectations classifiées plus haut que votre accès ne sont pas montrées."
-- ar = "كل التعيينات المسجلة لدى جهة ولكل منها مصدره: تعيينات يوم السريان أولًا (القادة ثم القائمون بالنيابة ثم النواب ثم غيرهم)، ثم ما لا تاريخ له، ثم السابقة واللاحقة. «غير مؤكد»: آخر ذكر له قبل اليوم ولم يقل أحد إنه انتهى، أو لا تُعرف إلا نهايته واليوم قبلها. وإن لم يُسجَّل قائد مؤرخ لذلك اليوم ذكر ذلك سطر، وكذلك إن مُحي من كان في المنصب. ولا تُعرض التعيينات الأعلى سرية."
-- [[draw]]
-- form = "timeline"
-- label = "person_name"
-- group = "posting_role"
-- start = "held_since"
-- end = "until_day"
-- unit = { en = "Dated postings", fr = "Affectations datées", ar = "التعيينات المؤرخة" }
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Actor (name or identifier)", fr = "Acteur (nom ou identifiant)", ar = "الجهة (الاسم أو المعرّف)" }
with asked as materialized (
  select distinct b.record, coalesce(a.name, n.name) as name from asked_body b join actor_names n on n.record = b.record left join actor a on a.record = b.record
),
told as materialized (
  select s.record, a.record as actor, a.name as actor_name, s.undated, s.confirmed, coalesce(s.valid_to, o.valid_to) as valid_to, s.source, s.url, s.locator, s.credibility,
    json_extract(s.fields, '$.person') as person, instr(' ' || coalesce(s.withheld, '') || ' ', ' person ') > 0 as is_withheld, told('posting_role', json_extract(s.fields, '$.role')) as role,
    coalesce(json_extract(s.fields, '$.role_as_written'), json_extract(s.fields, '$.post')) as role_as_written,
    json_extract(s.fields, '$.rank') as rank,
    -- Who speaks of a command after its end does not say when it began.
    coalesce(s.valid_from, case when substr(coalesce(s.first_cited, s.last_cited, s.source_date), 1, length(s.valid_to)) > s.valid_to then null
      else coalesce(s.first_cited, s.last_cited, s.source_date) end) as since,
    coalesce(s.valid_to, o.valid_to, s.last_cited, s.first_cited, s.source_date) as last_known
  from statement s join asked a on a.record = json_extract(s.fields, '$.actor')
    left join told_over o on o.statement = s.statement
  where s.kind = 'posting' and s.current = 1 and s.statement not in (select statement from outdone)
),
placed as materialized (
  select t.*, coalesce(r.category, '') as category,
    case when undated then 'undated' when since > :valid_on then 'future' when valid_to < substr(:valid_on, 1, length(valid_to)) then 'past'
      -- Of a posting whose person was erased the role and the days are left: nobody is confirmed without a name.
      when t.person is null then iif(t.is_withheld, 'not_known', 'erased') when confirmed then 'confirmed' else 'not_confirmed' end as command
  from told t left join code r on r.list = 'posting_role' and r.code = t.role
),
shown as (
  select actor, actor_name, command, person, role, role_as_written, rank, since, last_known, valid_to, category, source, url, locator, credibility, record
  from placed
  union all
  select record, name, 'not_known', null, 'commands', null, null, null, null, null, 'command', null, null, null, null, null
  from asked a
  where a.record not in (select record from ended_actors) and not exists (select 1 from placed p where p.actor = a.record and p.category in ('command', 'head', 'acting')
    and p.command in ('confirmed', 'not_confirmed', 'not_known', 'erased'))
)
select actor, actor_name, command,
  coalesce((select name from person n where n.record = s.person), (select max(title) from statement n where n.kind = 'person' and n.record = s.person and n.current = 1)) as person_name, person, role as posting_role, role_as_written,
  rank, since as held_since, last_known,
  case when since is not null then coalesce(valid_to, iif(command = 'future', null, :valid_on)) end as until_day, source, url, locator, credibility, record
from shown s
order by actor_name, case command when 'undated' then 1 when 'past' then 2 when 'future' then 3 else 0 end,
  case when command in ('past', 'future') then 0 else case category when 'command' then 0 when 'head' then 0 when 'acting' then 1 when 'deputy' then 2 else 3 end end,
  since desc, person_name, record
