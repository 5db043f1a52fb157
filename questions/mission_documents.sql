-- order = 32
-- group = "mandate"
-- title = { en = "Documents about a mission", fr = "Documents sur une mission", ar = "وثائق عن بعثة" }
-- why = { en = "What was read, and what of it waits for a decision.", fr = "Ce qui a été lu, et ce qui y attend une décision.", ar = "ما قُرئ وما ينتظر منه قرارًا." }
-- parts = ["unrecorded_missions"]
-- [rule]
-- en = "Documents that are about the mission, the newest first, with the proposals of each that nobody has decided on."
-- fr = "Documents sur la mission, le plus récent d’abord, avec les propositions de chacun sur lesquelles personne n’a statué."
-- ar = "الوثائق عن البعثة، الأحدث أولًا، مع ما لم يُبتّ فيه من مقترحات كل منها."
-- [[parameter]]
-- name = "mission"
-- record = "actor"
-- label = { en = "Mission (acronym, name or identifier)", fr = "Mission (sigle, nom ou identifiant)", ar = "البعثة (المختصر أو الاسم أو المعرّف)" }
with chosen as materialized (
  select record, record as actor, coalesce(acronym, name) as called from actor
  where class = 'mission' and (:mission = '' or record = :mission or lower(acronym) = lower(:mission) or lower(name) = lower(:mission))
  union all
  select record, null, called from unrecorded_missions where :mission = ''
)
select c.actor, c.called as actor_name, d.record, d.title as document_title, d.symbol, d.date, (
    select count(*) from statement s
    where s.statement in (select statement from waiting) and json_extract(s.fields, '$.document') = d.record
  ) as waiting
from chosen c join document d on d.mission = c.record
order by actor_name, d.date desc, document_title
