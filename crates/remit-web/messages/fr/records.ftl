kinds = Types
enter-new = Saisir : { $kind }
bring-sheet = Apporter une feuille
sheet-to-fill = Une feuille à remplir
all-as-sheet = Toutes en une feuille
