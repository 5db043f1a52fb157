-- order = 13
-- group = "support"
-- engine = "any"
-- title = { en = "Coded as security, but the text speaks of else", fr = "Codé sécurité, mais le texte parle d’autre chose", ar = "مرمَّز كأمن والنص يتحدث عن غيره" }
-- why = { en = "Publishers use the wide codes for justice and security for much else, such as relief in an epidemic.", fr = "Les éditeurs emploient les codes larges de la justice et de la sécurité pour bien d’autres choses, comme des secours en cas d’épidémie.", ar = "يستخدم الناشرون رموز العدل والأمن الواسعة لأمور أخرى كثيرة كالإغاثة في الأوبئة." }
-- [rule]
-- en = "Activities whose only code of the security sector is a wide one, and whose title and description name other fields of aid and no institution or task of the sector. They do not count as support; read them, and correct the publisher or Remit."
-- fr = "Activités dont le seul code du secteur de la sécurité est large, et dont titre et description nomment d’autres domaines et aucune institution ni tâche du secteur. Elles ne comptent pas comme appui ; lisez-les, et corrigez l’éditeur ou Remit."
-- ar = "أنشطة رمزها الأمني الوحيد واسع، ويذكر عنوانها ووصفها مجالات أخرى دون أي مؤسسة أو مهمة للقطاع. لا تُحتسب دعمًا؛ اقرأها وصحّح لدى الناشر أو في ريميت."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
select a.id as activity, a.identifier, a.title, a.reporter as supporter, a.reporter_name as supporter_name, a.phase, a.starts, a.ends,
  a.committed_usd, a.disbursed_usd
from activity a
where a.code_doubted = 1
  and (:country = '' or a.id in (select activity from activity_country where code = :country))
order by a.reporter_name, a.identifier
