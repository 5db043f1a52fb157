kinds = Types
enter-new = Ajouter une fiche : { $kind }
sheet-to-fill = Modèle vierge
all-as-sheet = Toutes les fiches en tableur
none-on-record-stop = rien d’enregistré.
register-of = Registre : { $kind }
other-kinds = Autres types de fiches
filter = Filtrer
clear-filter = Effacer le filtre
with-words = Mots de la fiche
records-n = { $n ->
     [one] { $n } fiche
    *[other] { $n } fiches
  }
records-part = Fiches { $first } à { $last } sur { $n }
previous-page = Page précédente
next-page = Page suivante
pages-of-list = Pages
link-to-list = Lien vers cette liste
choose-columns = Colonnes
column-earlier = avancer
column-later = reculer
column-hide = masquer
column-show = afficher
with-the-chosen = Modifier les fiches choisies
choose-all = Tout choisir sur cette page
change-values = Valeurs
grade = Évaluation
reliability = Fiabilité de la source
credibility = Crédibilité de l’information
set-grade = Évaluer
set-marking = Marquer
withdraw-chosen = Retirer
