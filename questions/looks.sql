-- order = 43
-- group = "due_diligence"
-- title = { en = "Who has looked", fr = "Qui a regardé", ar = "من اطّلع" }
-- why = { en = "What is on file about people protects them only as long as somebody answers for every look at it.", fr = "Ce qui est consigné sur des personnes ne les protège que si chaque regard a son auteur.", ar = "لا يحمي ما هو مسجل عن الناس أصحابَه إلا إن سُئل كل مطّلع عن اطلاعه." }
-- [rule]
-- en = "Looks at files of due diligence (requests, risks, measures, decisions, visits, letters, incidents, and the questions about them), in the browser and on the command line, the latest first: who is whoever started the program. Shown to who may see everything. Each line is bound to the one before it, and `remit verify` says what was altered; that lines at the end were cut off it cannot see. So are queries (`remit sql`) and exports; a copy of the folder is not."
-- fr = "Consultations des dossiers de diligence (demandes, risques, mesures, décisions, visites, lettres, incidents et questions à leur sujet), dans le navigateur et en ligne de commande, la plus récente d’abord : l’auteur est qui a lancé le programme. Visible de qui peut tout voir. Chaque ligne est liée à la précédente et `remit verify` dit ce qui fut modifié, non ce qui fut coupé à la fin. Requêtes (`remit sql`) et exports le sont aussi ; une copie du dossier ne l’est pas."
-- ar = "الاطلاع على ملفات العناية الواجبة (الطلبات والمخاطر والتدابير والقرارات والزيارات والرسائل والحوادث والأسئلة عنها) في المتصفح وسطر الأوامر، الأحدث أولًا، والمطّلع هو من شغّل البرنامج. يظهر لمن يرى كل شيء. وكل سطر مربوط بما قبله، ويبيّن `remit verify` ما غُيّر لا ما قُطع من الآخر. وتُسجل كذلك الاستعلامات (`remit sql`) والتصدير، أما نسخ المجلد فلا."
-- [[parameter]]
-- name = "who"
-- label = { en = "Who", fr = "Qui", ar = "من" }
-- [[parameter]]
-- name = "what"
-- label = { en = "What (words of it)", fr = "Quoi (des mots)", ar = "ماذا (كلمات منه)" }
select moment, who, what, case clearance when 0 then 'public' when 1 then 'internal' when 2 then 'confidential' when 3 then 'strictly_confidential' end as clearance
from look
where (:who = '' or folded(who) = folded(:who)) and (:what = '' or instr(folded(what), folded(:what)) > 0)
order by n desc
