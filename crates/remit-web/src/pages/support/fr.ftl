what-table-shows = Ce que montre le tableau
recipients-by = Bénéficiaires par
supporters-by = Partenaires selon
the-matrix = La matrice
no-support-on-record = Aucun appui n’est enregistré.
no-support-for-country = Aucun appui n’est enregistré pour ce pays.
bring-support = <a href="/sheets">Importez des fichiers</a> d’activités d’aide ou de votre bureau, ou choisissez un autre jour ci-dessus.
t-matrix = Partenaires et bénéficiaires
matrix-unit = Dans chaque case : nombre d’activités ; engagé / décaissé en dollars des États-Unis (une part estimée de ce que seul le texte dit) ; mois de la dernière fin
supporter = Partenaire
all = Tous
all-supporters = Tous les partenaires
matrix-unit-signs = Dans chaque case : nombre enregistré ; engagé / dépensé, si ce qui est déclaré a un montant ; mois de la dernière fin
shade-activities = Teinte : activités
shade-signs = Teinte : combien valent au jour dit
twelve-and-more = 12 et plus
some-left-out = de l’argent est laissé de côté : voir sous le tableau
last-ends-soon = la dernière finit dans les six mois
sums-by-transaction = Comment les sommes sont faites, transaction par transaction
commitments-not-reported = engagements non communiqués
disbursements-not-reported = décaissements non communiqués
overlaps = Chevauchements
cliffs = Ruptures
gaps = Lacunes
concentration = Concentration
support-all = Qui appuie qui, tous les pays
support-in = Qui appuie qui : { $country }
no-support = Aucun appui n’est enregistré. Cela ne veut pas dire qu’il n’y en a pas.
support-lead = Activités d’aide publiées : { $s ->
         [one] { $s } partenaire
        *[other] { $s } partenaires
    }, { $n ->
         [one] { $n } activité
        *[other] { $n } activités
    } en cours ce jour.
support-by-signs = Par d’autres indices : { $s ->
         [one] { $s } partenaire
        *[other] { $s } partenaires
    } ; avec un appui en cours ce jour : { $n }.
support-missing = Besoin jugé élevé, et personne d’enregistré n’appuie actuellement : { $names }.
by-class = catégorie d’acteur
by-function = fonction
by-modality = modalité
by-place = lieu
left-out-money = { $committed } USD engagés et { $disbursed } USD décaissés sont laissés de côté, car déjà comptés ailleurs (†)
left-out-lent = { $committed } USD engagés et { $disbursed } USD décaissés sont des prêts, prises de participation, allégements de dette ou garanties, et ne sont pas ajoutés (†)
left-out-doubtful = { $n ->
         [one] { $n } activité est peut-être comptée
        *[other] { $n } activités sont peut-être comptées
    } deux fois
left-out-unconverted = { $n ->
         [one] { $n } activité a
        *[other] { $n } activités ont
    } des montants non convertis (*)
t-overlaps = Deux partenaires ou plus pour une catégorie et une fonction
t-cliffs = Appui qui finit dans les six mois
t-every-class = Toutes les catégories d’acteurs
t-functions-without = Fonctions sans appui en cours
t-concentration = Indice de Herfindahl de ce que chaque catégorie a reçu, et part de son plus grand partenaire
supporters-otherwise = Autres, par d’autres indices
index-disbursed = Indice, décaissé
index-committed = Indice, engagé
largest = Le plus grand
its-share = Sa part
support-unknown = Aucune source au dossier ne dirait si quelqu’un appuie : { $names }.
signs = Indices d’appui
sign-activities = Activités d’aide
sign-stated = Déclaré
sign-mandated = Prévu par le mandat
sign-reported = Rapporté
sign-planned = Prévu
n-planned = { $n ->
        [one] + { $n } prévu
       *[other] + { $n } prévus
    }
signs-note = Déclaré : projets, formations, équipements et relations que quelqu’un a enregistrés. Prévu par le mandat : ce qu’un mandat demande à une mission. Rapporté : ce qu’un document dit fait. Les indices disent le même appui de façons différentes et ne s’additionnent pas ; ce qui est prévu, selon tout indice, ne commence qu’après le jour dit et figure à côté du nombre ; la teinte dit combien valent au jour dit, et le mois quand la dernière de celles-ci prend fin ; sans mois, l’une d’elles n’a pas de fin enregistrée. Les montants figurent là où ce qui est déclaré en a : engagé / dépensé, chaque devise à part, sans conversion. Non réparti : un montant pour plusieurs bénéficiaires ou de plusieurs partenaires ensemble, qui figure une fois, à côté du partenaire nommé en premier.
support-told-otherwise = Aucune activité d’aide n’est enregistrée. { $n ->
        [one] 1 fiche d’un autre genre (projet, formation, tâche mandatée…) signale
        *[other] { $n } fiches d’autres genres (projets, formations, tâches mandatées…) signalent
    } un appui : ci-dessous, par indice.
no-amount = sans montant
not-split = non réparti
none-by-signs = Rien n’est enregistré pour les indices que vous avez choisis. Choisissez-en d’autres pour voir ce qu’ils montrent.
beside-the-matrix = Hors des sommes, ou d’aucun pays :
sign-coded = Activités d’aide selon le code
sign-read = Activités d’aide selon le texte
