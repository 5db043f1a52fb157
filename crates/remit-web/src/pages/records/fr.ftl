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
     [one] 1 fiche
    *[other] { $n } fiches
  }
records-part = Fiches { $first } à { $last } sur { $n }
previous-page = Page précédente
next-page = Page suivante
pages-of-list = Pages
link-to-list = Lien vers cette liste
