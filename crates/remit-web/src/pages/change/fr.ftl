error-none-chosen = Choisissez au moins une fiche.
error-nothing-changes = Rien n’a été modifié : indiquez ce qui doit changer.
error-needs-source = Indiquez la source du changement.
error-lowers = Cela abaisse un marquage qui était { $was }. Donnez-en la raison.
error-imported = « { $record } » vient d’une importation et n’a aucun énoncé à modifier. Corrigez-la dans son fichier, ou ajoutez-y une information.
error-withheld = Un champ que vous ne pouvez pas voir serait modifié.
error-verified-is-changed = Une valeur a été modifiée ici : elle ne peut pas être confirmée comme inchangée. Enregistrez-la, ou rétablissez-la.
