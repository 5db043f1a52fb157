usd = { $n } USD
world-title = Appui à la réforme du secteur de la sécurité, par pays
where-support-goes = Où va l’appui
borders-note = Rien d’enregistré ne veut pas dire aucun appui. Les frontières sont les lignes de fait de Natural Earth (projection Equal Earth) ; ni elles ni les noms n’impliquent reconnaissance ou acceptation.
most-activities = Le plus d’activités
what-is-supported = Ce qui est appuyé
countries = Pays
reporting-organisations = organisations déclarantes
with-an-activity = avec au moins une activité
usd-at-value-date = dollars des États-Unis à la date de valeur
and-spent = et dépensé
no-support-yet = Aucun appui à un secteur de la sécurité n’est encore enregistré.
world-lead = { $n ->
         [one] { $n } activité du secteur de la sécurité est enregistrée
        *[other] { $n } activités du secteur de la sécurité sont enregistrées
    } dans { $c ->
         [one] { $c } pays
        *[other] { $c } pays
    }.
world-lead-most = { $n ->
         [one] { $n } activité du secteur de la sécurité est enregistrée
        *[other] { $n } activités du secteur de la sécurité sont enregistrées
    } dans { $c ->
         [one] { $c } pays
        *[other] { $c } pays
    } ; { $leader } en a le plus ({ $most }).
t-countries = Pays avec le plus d’activités
active-and-other = En cours, et autres
