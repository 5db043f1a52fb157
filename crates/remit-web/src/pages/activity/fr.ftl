counting = Comptage.
how-sums-made = Comment ses sommes sont faites
what-text-says = Ce que dit le texte
publishers-words = Les mots mêmes de l’éditeur ; trouvés par une expression du modèle, confirmés par personne.
the-record = La fiche
from-place = Tiré de { $place }.
iati-identifier = Identifiant IITA
as-published = tel que publié
not-reported-list = Non communiqué :
transactions = Transactions
t-gives = Ce qu’elle apporte au secteur de la sécurité
transactions-unit = Chacune dans sa monnaie, et en dollars des États-Unis à sa date de valeur (taux de référence de la Banque centrale européenne)
of-data-set = { $file }, ligne { $line }, du jeu de données { $dataset }
period-none = sans dates
period-since = depuis { $from }, sans fin indiquée
period-until = jusqu’au { $to }
period = { $from } à { $to }
activity-lead = Déclarée par { $who } ; { $period } ; { $n ->
         [one] { $n } transaction
        *[other] { $n } transactions
    }.
nameless-organisation = une organisation qui ne donne pas de nom
code-of = code { $code }
description = Description
converted = converti
line = Ligne
counted-part = Compté : { $committed } de ses engagements, { $disbursed } de ses décaissements : { $reasons }.
error-no-activity = Il n’y a pas d’activité « { $id } » à cette date, ou vous ne pouvez pas la voir.
not-reported-stop = non communiqué.
none-reported = rien de communiqué.
