-- order = 34
-- title = { en = "Women in missions", fr = "Femmes dans les missions", ar = "النساء في البعثات" }
-- why = { en = "Whether the share of women among uniformed personnel moves, mission by mission.", fr = "La part des femmes parmi le personnel en uniforme évolue-t-elle, mission par mission ?", ar = "هل تتغير نسبة النساء بين الأفراد النظاميين في كل بعثة؟" }
-- [rule]
-- en = "Women and all people of a mission in a year, over every service and contributing country on record, as published. A year whose women or people nobody reported has no share."
-- fr = "Femmes et ensemble du personnel d’une mission par année, tous services et pays contributeurs enregistrés, tels que publiés. Sans femmes ou effectifs déclarés, pas de part."
-- ar = "النساء وجميع أفراد البعثة في السنة، لكل الخدمات والبلدان المساهمة المسجلة كما نُشرت. والسنة التي لم يُبلَّغ فيها عن النساء أو الأفراد لا نسبة لها."
-- [[draw]]
-- form = "series"
-- at = "year"
-- group = "mission"
-- value = "share_of_women"
-- unit = { en = "Women among all people of the mission, per cent", fr = "Femmes parmi tout le personnel de la mission, en %", ar = "النساء بين جميع أفراد البعثة، نسبة مئوية" }
-- [[parameter]]
-- name = "mission"
-- label = { en = "Mission (acronym)", fr = "Mission (sigle)", ar = "البعثة (المختصر)" }
with counted as (
  select mission, year, sum(women) as women, sum(men) as men, sum(total) as people
  from strength where mission is not null and year is not null and (:mission = '' or lower(mission) = lower(:mission))
  group by mission, year
)
select year, mission, women, men, people, case when people > 0 then 1.0 * women / people end as share_of_women
from counted
order by max(people) over (partition by mission) desc, mission, year
