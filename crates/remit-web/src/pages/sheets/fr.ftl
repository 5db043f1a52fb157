error-no-sheet = Ce tableur n’est pas ici. Envoyez-le de nouveau.
error-mapping-name = N’utilisez que des lettres, des chiffres, des espaces, - et _ dans le nom d’une correspondance.
error-no-table = Le fichier n’a pas de tableau.
sheets-lead = Envoyez tout ce que vous avez : tableurs et documents. Vous voyez ce que devient chaque feuille avant que rien ne soit enregistré, et pouvez l’annuler.
the-sheet = Fichiers
what-is-read = Tableaux, documents, activités : { $endings }
look-at-it = Continuer
stays-here = Le fichier reste sur cette machine, dans l’espace.
choose-sheet = Choisissez un ou plusieurs fichiers
which-column = Choisir les colonnes
map-lead = { $name } : vérifiez à quel champ correspond chaque colonne. Ce qui est rempli vient des en-têtes, des valeurs et de fichiers précédents.
mapping-name = Nom de la correspondance
each-row-about = Chaque ligne concerne
show-fields = Montrer les champs de ce type
field = Champ
column = Colonne
same-every-row = Valeur pour toutes les lignes
column-of-source = Colonne de sa source
column-of-confidence = Colonne de sa fiabilité
column-of = Colonne de { $field }
how-written = Années à deux chiffres dans { $field }
record-of-row = Fiche de cette ligne pour { $field }
or-this-row = ou de cette ligne…
of-this-row = { $record } de cette ligne
value-every-row = Valeur de { $field } pour toutes les lignes
column-source-of = Colonne de la source de { $field }
column-confidence-of = Colonne de la fiabilité de { $field }
identifier-and-rows = Identifiant, et lignes sans telle fiche
identifier-braces = Identifiant, avec les colonnes entre accolades
identifier-note = { "{" }unit id{ "}" } ; vide : formé du nom
only-where = Seulement les lignes où cette colonne est remplie
source-of-none = Source des lignes qui n’en nomment pas
marking-of-all = Classification de toutes les lignes
as-by-default = par défaut
see-what = Prévisualiser
take-another = Importer un autre type des mêmes lignes
choose-column = Choisissez une colonne pour au moins un champ.
what-would-do = Prévisualisation
try-lead = { $name } : { $n ->
     [one] { $n } ligne
    *[other] { $n } lignes
  }. Rien n’est encore enregistré.
try-records = Fiches avec du nouveau
try-statements = Nouveaux énoncés
try-new = Nouveau
try-changed = Changé
try-as-before = Inchangé
try-unmatched = Noms inconnus
try-unusable = Cellules en erreur
try-gone = Plus dans le tableur
try-conflict = En conflit avec une correction ou une autre source
withdraw-gone = Retirer ce qui n’est plus dans le tableur
nothing-new = Rien n’est nouveau ni changé.
bring-in = Importer
asked-where = Pour répondre à ce qu’une ligne demande, changez les colonnes : pour une seule, ouvrez « Plus » dans sa ligne ; pour toutes, « Source, dates, nombres et lignes de toute la feuille ».
say-again = Changer les colonnes
several-in-cell = Plusieurs noms dans une cellule
several-names = « { $cell } » dans la colonne « { $column } » semble contenir plusieurs noms. Tant que vous ne le confirmez pas, la cellule est écartée.
several-for-one = « { $cell } » dans la colonne « { $column } » semble contenir plusieurs noms, et un seul est attendu. Tant que vous ne décidez pas, la cellule est écartée.
divide-names = Séparer à « { $sign } »
row-for-each = Séparer à « { $sign } », une ligne par nom
names-nobody = Noms inconnus
cannot-be-used = Cellules en erreur
row = Ligne
cell = Cellule
why = Pourquoi
first-hundred = Les 100 premières sur { $n }. Toutes figurent sous Problèmes après l’import.
would-be-recorded = Changements
record = Fiche
says = Nouvelle valeur
said-before = Valeur antérieure
error-no-sheets-of = Les fiches du type « { $kind } » n’ont pas de tableur.
as-document = { $name } : passages et propositions
files-sent = Continuer avec chaque fichier
not-for-here = { $name } ne peut pas être lu. Enregistrez-le sous l’un de ces formats et envoyez-le à nouveau : { $endings }
tabs = Feuilles du fichier
other-tabs-too = Importer aussi ces feuilles du fichier
other-tabs-note = Elles sont importées comme Remit les lit. La prévisualisation montre chaque ligne avant tout enregistrement.
columns-of-tab = Vérifier les colonnes de « { $tab } »
tab-hidden = masquée, non importée
tab-open = non importée
as-it-stands = La feuille telle quelle
click-headings = Appuyez sur le numéro de la ligne des en-têtes, si c’en est une autre
heading-row = { $n }, en-têtes
take-heading = Prendre la ligne { $n } pour en-têtes
headings-take = Les en-têtes occupent
heading-rows = { $n ->
     [one] { $n } ligne
    *[other] { $n } lignes
 }
encoding = Caractères (encodage)
update = Afficher
use-mapping = Utiliser cette correspondance
why-kind = Pris pour { $kind } : { $reasons }.
column-is = « { $heading } » comme { $field }
record-n = { $n }. { $kind }
remove-record = Retirer { $kind }
fields-of = Champs de { $kind }
other-fields = Autres champs de { $kind }
more-to-say = Plus
more-of = Plus sur { $field }
no-column = Aucune colonne
part-month = Colonne du mois
part-day = Colonne du jour
other-currency = Le même montant dans une autre monnaie
third-currency = Et dans une troisième monnaie
order-of = Jour ou mois d’abord pour { $field }
decimal-of = Signe décimal pour { $field }
as-proved = Comme le montre la colonne
day-first = Jour d’abord : 31/12/2025
month-first = Mois d’abord : 12/31/2025
unknown-names-of = Noms inconnus pour { $field }
names-listed = Lister les noms inconnus
names-added = Ajouter les noms inconnus
between-items = Entre les éléments de { $field }
times = { $n } fois
no-code-yet = Non décidé
leave-out = Laisser de côté
suggested = suggéré
record-called = Nom de cette fiche dans la ligne
every-row = Chaque ligne
whole-sheet = Source, dates, nombres et lignes de toute la feuille
dates-order = Dates comme 03/04/2012
numbers-decimal = Nombres comme 2.500
fiscal-begins = Mois où commencent les exercices
month-not-said = Non dit
fill-down = Les cellules vides valent celle du dessus dans
parts-of-name = Colonnes qui sont les parties d’un même nom
sections-column = Les lignes d’une seule cellule qui sont l’intertitre des suivantes (« MINISTÈRES ») sont dans la colonne
columns-as-rows = Une ligne pour chacune de ces colonnes (années en en-têtes)
each-heading = Comment s’appellent leurs en-têtes
each-cell = Comment s’appellent leurs cellules
each-year = Année des mois, là où leurs titres ne la disent pas
year-example = Année
value-example = Valeur
several-answers = Une ligne pour chaque réponse dans
names-further-in = Les noms en retrait relèvent de celui du dessus ; ils sont dans
between-answers = Entre les réponses
rows-left-out = Laisser de côté des lignes selon
texts-left-out = Textes des lignes à laisser de côté, un par ligne
keep-totals = Les lignes qui commencent par « Total » sont des lignes comme les autres
leave-tab = Ne pas importer cette feuille
as-a-file = La même chose en fichier (TOML)
try-passed = Lignes hors du tableau
try-filled = Cellules remplies d’après celle du dessus
try-repeated = Dit une fois de plus
names-perhaps = Nouvelles fiches peut-être déjà enregistrées sous un autre nom
name-own = Une fiche à part
name-leave = Laisser de côté
name-add = L’ajouter
name-is = C’est { $like }
name-like = Est-ce « { $like } » ? Écrivez-le ainsi dans la feuille.
name-which = Plusieurs portent ce nom. Écrivez dans la feuille lequel est le bon : { $records }
the-name = Nom
rows-of-it = Lignes
what-with-it = Que faire
what-with = Que faire de { $name }
or-another = Ou c’est
another-for = Un autre nom pour { $name }
keep-decisions = Garder et revoir
add-all = Les ajouter tous
rows-passed = Lignes qui ne sont pas du tableau
what-stands = Ce qui s’y trouve
passed-above = au-dessus des en-têtes
passed-total = une ligne de totaux
passed-note = une note sous le tableau
passed-alone = seule sur sa ligne
passed-empty = rien sous les colonnes qui sont des lignes
passed-columns = les numéros des colonnes
passed-section = l’intertitre des lignes suivantes
passed-table = d’un autre tableau plus bas
passed-skipped = laissée de côté comme demandé
not-used = Colonnes et feuilles non utilisées
brought-in = Importé
imported-n = { $name } ; nouveaux : { $added } ; modifiés : { $changed }.
left-out-n = { $n ->
     [one] { $n } cellule ou ligne n’a pas pu servir. Elle est listée
    *[other] { $n } cellules ou lignes n’ont pas pu servir. Elles sont listées
  } sous Problèmes.
left-above-n = { $n ->
     [one] { $n } cellule ou ligne, classifiée plus haut que ce que vous voyez ici, n’a pas pu servir. Elle est listée
    *[other] { $n } cellules ou lignes, classifiées plus haut que ce que vous voyez ici, n’ont pas pu servir. Elles sont listées
  } sous Problèmes pour qui peut les voir.
preview-underway = Aperçu en préparation
preview-note = Cette page s’actualise toutes les deux secondes et montre l’aperçu dès qu’il est prêt. Rien n’est enregistré.
underway-title = Importation en cours
underway-reading = { $name } : la feuille est en cours de lecture.
underway-rows = { $name } : lignes lues, { $done } sur { $all }.
underway-done = { $name } : énoncés écrits, { $done } sur { $all }.
underway-note = Cette page s’actualise toutes les deux secondes. Vous pouvez la quitter : l’importation continue et figure dans l’historique une fois terminée. Rien n’est enregistré avant la fin.
underway-look = Actualiser
import-stop = Arrêter l’importation
import-stopped-title = Importation arrêtée
import-stopped = { $name } : l’importation a été arrêtée. Rien n’a été enregistré ; le fichier et tous vos choix sont conservés.
import-again = Recommencer avec les mêmes choix
error-no-import = Cette importation est terminée. Ce qu’elle a enregistré figure dans l’historique.
names-left-n = { $n ->
     [one] { $n } nom inconnu a été laissé de côté : ce qu’il appuie, dirige ou reçoit figure sans lui
    *[other] { $n } noms inconnus ont été laissés de côté : ce qu’ils appuient, dirigent ou reçoivent figure sans eux
  }.
names-left-decide = Décider des noms inconnus
see-history = Historique
see-problems = Problèmes
another-file = Un autre fichier
carried-over = La correspondance « { $mapping } » a été faite pour un fichier antérieur. Elle dit de chaque ligne, quoi que dise ce fichier : { $said }. Changez-le ci-dessous si ce n’est pas le cas ici.
same-in-all-rows = Ne vient pas du fichier, mais vaut pour chaque ligne : { $said }.
filled-not-shown = Importé, mais ne vous est pas montré ici : { $said }.
see-support-in = Qui appuie qui : { $country } ({ $n })
counted-of = { $name } : { $n ->
        [one] 1 activité lue
        *[other] { $n } activités lues
    } ; comptées comme appui au secteur de la sécurité : { $counted } ; non comptées : { $left }.
not-counted = Activités qui ne comptent pas comme appui au secteur de la sécurité
not-counted-note = Si l’une d’elles en est un, dites-le, et qui le reçoit (deviné d’après le titre ; corrigez, ou laissez ouvert) : elle est enregistrée comme projet que déclare votre bureau, et l’activité reste telle que publiée.
not-counted-no-sign = Ni code-objet du secteur de la sécurité, ni mots qui en parlent dans le titre ou les descriptions
not-counted-doubted = Son code-objet est large, et ses mots parlent d’autre chose
it-is-support = C’est un appui au secteur de la sécurité
it-is-support-of = { $title } : c’est un appui au secteur de la sécurité
stated-already = Déclarée
more-not-counted = { $n ->
        [one] 1 autre n’est pas montrée.
        *[other] { $n } autres ne sont pas montrées.
    }
countries-say = Préciser le pays de chacun
projects-without-country = { $n ->
        [one] 1 projet ne nomme aucun pays : l’appui d’aucun pays ne le compte.
        *[other] { $n } projets ne nomment aucun pays : l’appui d’aucun pays ne les compte.
    }
left-packed = { $name } n’a pas pu être extrait de son archive : il a un mot de passe, est endommagé, trop grand, ou un de trop (100 à la fois). Décompressez-le et envoyez-le seul.
left-packed-more = { $name } : { $n ->
     [one] 1 autre fichier n’a pas pu être extrait
    *[other] { $n } autres fichiers n’ont pas pu être extraits
  }, pour l’une de ces raisons.
archive-inside = { $name } est une archive dans une archive. Décompressez-la et envoyez les fichiers qu’elle contient.
archive-not-opened = { $name } est une archive qui ne peut pas être ouverte ici. Décompressez-la et envoyez les fichiers qu’elle contient, ou compressez-les en .zip.
packed-twice = { $name } contient plusieurs fichiers du même nom dans un même dossier. Seul le dernier de chacun a été lu : décompressez-le et envoyez les autres séparément.
no-activities = { $name } ne contient aucune activité (IATI). Si c’est un tableau, enregistrez-le en .xlsx ou .csv et envoyez-le à nouveau.
file-empty = { $name } est vide. Rien n’en a été conservé.
more-values = { $n ->
     [one] 1 autre valeur apparaît
    *[other] { $n } autres valeurs apparaissent
 } une fois celles-ci décidées, avec « Afficher ».
short-year = comme { $example }
no-tab-taken = Aucune feuille du fichier ne serait importée. Choisissez-en une ci-dessus.
columns-gone = Une colonne choisie n’est pas dans la feuille telle qu’elle se présente ici. Choisissez-la à nouveau.
choose-time = Choisissez le champ de la colonne « { $heading } », faite des en-têtes. Sans lui, les lignes issues d’une même ligne ne se distinguent pas.
choose-year = Écrivez l’année des mois : leurs titres ne la disent pas.
choose-what-tells = { $kind } : choisissez une colonne, ou une valeur pour toutes les lignes, pour { $fields }. Sans cela, rien ne dit de quoi parle une ligne.
nothing-usable = Rien de ce fichier ne peut être importé tel quel. Les listes ci-dessous disent pourquoi.
imported-nothing = { $name } : rien n’a été importé.
import-tab = Importer la feuille « { $tab } » de ce fichier
choose-required = { $kind } : choisissez une colonne, ou une valeur pour toutes les lignes, pour { $field }. Sans cela, une ligne ne dit rien.
classes-missing = { $n ->
     [one] 1 institution n’a
    *[other] { $n } institutions n’ont
 } pas encore de catégorie : les réponses qui comptent l’appui par catégorie ne le trouvent pas.
classes-say = Dire quelle sorte d’institutions ce sont
classes-lead = Ce qui est choisi ici a été deviné d’après les noms. Corrigez ce qui est faux, et laissez ouvert ce que vous ne savez pas.
classes-record = Enregistrer ces catégories
classes-recorded = Catégories enregistrées : { $n }.
classes-none = Chaque institution de cet import a une catégorie.
class-of = Catégorie de { $name }
