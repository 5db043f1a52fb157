kinds = Types
enter-new = Saisir : { $kind }
sheet-to-fill = Modèle vierge
all-as-sheet = Toutes en une feuille
none-on-record-stop = rien d’enregistré.
register-of = Registre : { $kind }
