-- order = 33
-- group = "mandate"
-- title = { en = "Activities that name a mission", fr = "Activités qui nomment une mission", ar = "أنشطة تسمّي بعثة" }
-- why = { en = "What is given to a mission, or through it.", fr = "Ce qui est donné à une mission, ou par elle.", ar = "ما يُعطى للبعثة أو عن طريقها." }
-- [rule]
-- en = "Activities of the security sector with the mission’s acronym in their title, as a word of its own; those that end last first."
-- fr = "Activités du secteur de la sécurité dont le titre porte le sigle de la mission, comme mot entier ; celles qui finissent en dernier d’abord."
-- ar = "أنشطة قطاع الأمن التي يرد مختصر البعثة في عنوانها كلمةً مستقلة؛ آخرها انتهاءً أولًا."
-- [[parameter]]
-- name = "mission"
-- record = "actor"
-- label = { en = "Mission (acronym, name or identifier)", fr = "Mission (sigle, nom ou identifiant)", ar = "البعثة (المختصر أو الاسم أو المعرّف)" }
with chosen as materialized (
  select record, acronym, upper(acronym) as word from actor
  where class = 'mission' and acronym is not null and (:mission = '' or record = :mission or lower(acronym) = lower(:mission) or lower(name) = lower(:mission))
)
select c.record as actor, c.acronym as actor_name, s.identifier, s.title, s.supporter_name, s.supporter, s.phase, s.starts, s.ends
from chosen c join support s on ' ' || replace(replace(upper(s.title), '-', ' '), ',', ' ') || ' ' like '% ' || c.word || ' %'
group by c.record, s.activity
order by actor_name, coalesce(s.ends, '9999') desc, s.identifier
