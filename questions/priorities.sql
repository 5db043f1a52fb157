-- order = 32
-- group = "mandate"
-- title = { en = "Priorities of missions", fr = "Priorités des missions", ar = "أولويات البعثات" }
-- why = { en = "What the documents of each mission speak of, and how much: missions set priorities of their own.", fr = "De quoi parlent les documents de chaque mission, et combien : chaque mission a ses priorités.", ar = "عمّ تتحدث وثائق كل بعثة وبأي قدر: فلكل بعثة أولوياتها." }
-- parts = ["unrecorded_missions"]
-- [rule]
-- en = "Share of the paragraphs of a mission’s documents that speak of an activity (PACT), as the reader learnt to tell: the sum of its probabilities, and between which shares the true one lies in 19 of 20 cases if these probabilities are right. The reader errs, and was learnt from English reports: see docs/reader.md. Probabilities under 8 % are left out."
-- fr = "Part des paragraphes des documents d’une mission qui traitent d’une activité (PACT), selon le lecteur : somme de ses probabilités, avec l’intervalle où se trouve la vraie part dans 19 cas sur 20 si ces probabilités sont justes. Le lecteur se trompe et a appris sur des rapports en anglais : voir docs/reader.md. Les probabilités inférieures à 8 % sont omises."
-- ar = "نسبة فقرات وثائق البعثة التي تتناول نشاطًا (PACT) كما تعلّم القارئ تمييزها: مجموع احتمالاته، والنطاق الذي تقع فيه النسبة الحقيقية في 19 حالة من 20 إن صحت هذه الاحتمالات. والقارئ يخطئ وقد تعلّم من تقارير إنكليزية: انظر docs/reader.md. وتُستبعد الاحتمالات دون 8 في المائة."
-- [[draw]]
-- form = "dots"
-- label = "pact_activity"
-- group = "actor_name"
-- value = "share_of_paragraphs"
-- low = "share_low"
-- high = "share_high"
-- unit = { en = "Share of paragraphs, per cent, with the interval of 19 in 20", fr = "Part des paragraphes, en %, avec l’intervalle de 19 sur 20", ar = "نسبة الفقرات المئوية مع نطاق 19 من 20" }
-- [[parameter]]
-- name = "mission"
-- record = "actor"
-- label = { en = "Mission (acronym, name or identifier)", fr = "Mission (sigle, nom ou identifiant)", ar = "البعثة (المختصر أو الاسم أو المعرّف)" }
with chosen as materialized (
  select record, record as actor, coalesce(acronym, name) as called from actor
  where :mission = '' or record = :mission or lower(acronym) = lower(:mission) or lower(name) = lower(:mission)
  union all
  select record, null, called from unrecorded_missions where :mission = ''
),
own as materialized (
  select record, mission, language from document where mission in (select record from chosen) and language = 'en'
),
counted as materialized (
  select o.mission, count(*) as paragraphs, count(distinct o.record) as documents from own o join passage p on p.document = o.record group by o.mission
),
label as materialized (
  select o.mission, r.code, sum(r.probability) as expected, sum(r.probability * (1 - r.probability)) as variance
  from passage_reading r join own o on o.record = 'document/' || substr(r.identifier, 1, 12)
  where r.list = 'pact_activity' and r.worded = 0 group by o.mission, r.code
)
select c.actor, c.called as actor_name, l.code as pact_activity, l.expected / n.paragraphs as share_of_paragraphs,
  max(0, l.expected - 1.96 * sqrt(l.variance)) / n.paragraphs as share_low, min(n.paragraphs, l.expected + 1.96 * sqrt(l.variance)) / n.paragraphs as share_high,
  n.paragraphs, n.documents
from label l join counted n on n.mission = l.mission join chosen c on c.record = l.mission
order by actor_name, share_of_paragraphs desc
