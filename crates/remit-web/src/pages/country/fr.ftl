who-supports-whom = Qui appuie qui : la matrice
needs-attention = Ce qui demande attention
why-shown = Pourquoi cela s’affiche
no-notes = Aucune lacune, rupture, aucun chevauchement, double responsable ou défaut de contrôle n’a été trouvé.
all-activities = Toutes les activités
missions-institutions = Missions et institutions
with-active-activity = dont { $n } avec une activité en cours
how-it-is-made = comment c’est calculé
t-activities-last = Activités, celles qui finissent en dernier d’abord
t-missions-institutions = Missions et institutions enregistrées
t-known-by-class = Ce qui est connu, par catégorie d’acteur
country-none = Aucun appui au secteur de la sécurité de ce pays n’est enregistré. Cela ne veut pas dire qu’il n’y en a pas.
country-lead = { $n ->
         [one] { $n } activité enregistrée
        *[other] { $n } activités enregistrées
    } de { $s ->
         [one] { $s } partenaire
        *[other] { $s } partenaires
    } ; { $active } en cours ce jour.
note-gap = Lacune.
note-gap-text = Aucun appui en cours n’est connu pour : { $names }.
note-cliff = Rupture.
note-cliff-text = { $n ->
         [one] { $n } ligne d’appui prend fin
        *[other] { $n } lignes d’appui prennent fin
    } dans les six mois et rien d’enregistré ne suit.
note-overlap = Chevauchement.
note-overlap-text = Deux partenaires ou plus travaillent sur la même chose dans { $n ->
         [one] { $n } catégorie et fonction
        *[other] { $n } catégories et fonctions
    }.
note-two-lead = Deux institutions responsables.
note-two-lead-text = Plus d’une institution est responsable : { $names }.
note-oversight = Contrôle.
note-oversight-text = Aucun pouvoir de contrôle n’est connu comme exercé sur : { $names }.
note-reach = Jusqu’à quand.
note-reach-text = Dernière mention par une source, ou vérification : { $day }. Ce qui s’est passé depuis n’est pas connu ici.
note-stale = Périmé.
note-stale-text = Personne n’a revu depuis un an { $n ->
         [one] { $n } énoncé
        *[other] { $n } énoncés
    }.
note-classless = Sans catégorie.
note-classless-text = { $n ->
         [one] { $n } institution n’a pas de catégorie et ne figure dans aucun tableau ni aucune matrice par catégorie
        *[other] { $n } institutions n’ont pas de catégorie et ne figurent dans aucun tableau ni aucune matrice par catégorie
    }.
places-in = Lieux : { $country }
places-unit = Activités du secteur de la sécurité qui nomment le lieu
places-source = lieux tels que publiés ; zones : Natural Earth, lignes de fait, sans reconnaissance
places-note = Activités situées sur cette carte : { $n } sur { $all }.
place = Lieu
where-in-country = Où
note-unknown = Inconnu.
note-unknown-text = Aucune source au dossier ne dirait si quelqu’un appuie : { $names }.
country-told-otherwise = { $n ->
        [one] Aucune activité d’aide au secteur de la sécurité n’est enregistrée, mais un autre indice d’appui l’est : déclaré, mandaté ou rapporté. Il figure dans la matrice.
        *[other] Aucune activité d’aide au secteur de la sécurité n’est enregistrée, mais { $n } autres indices d’appui le sont : déclarés, mandatés ou rapportés. Ils figurent dans la matrice.
    }
make-a-brief = Faire une fiche de deux pages
who-is-there = Qui est présent
all-that-runs = Tout ce qui est en cours
aid-activities = Activités d’aide
t-running = Ce qui est en cours ce jour-là, ce qui est prévu, et ce qui a pris fin récemment
country-runs = En cours ce jour-là : { $what }.
country-runs-nothing = Rien n’est connu comme étant en cours ce jour-là.
country-past-end = { $n ->
         [one] Pour { $n } autre, la dernière fin enregistrée est passée ou aucune source n’en parle depuis un an : on ignore si cela se poursuit.
        *[other] Pour { $n } autres, la dernière fin enregistrée est passée ou aucune source n’en parle depuis un an : on ignore si cela se poursuit.
    }
runs-missions = { $n ->
         [one] { $n } mission
        *[other] { $n } missions
    }
runs-projects = { $n ->
         [one] { $n } projet
        *[other] { $n } projets
    }
runs-trainings = { $n ->
         [one] { $n } formation
        *[other] { $n } formations
    }
runs-activities = { $n ->
         [one] { $n } activité d’aide
        *[other] { $n } activités d’aide
    }
