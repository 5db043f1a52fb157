# Tables, bars and pictures.
more-rows = { $n } autres lignes sont dans les téléchargements au pied de la page.
how-counted = Mode de calcul
nothing-on-record = rien d’enregistré.
figures-behind = Les chiffres de « { $title } »
