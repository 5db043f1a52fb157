region-or-not-stated = région ou non précisé
not-stated = non précisé
place-not-stated = lieu non précisé
not-named = non nommé
dollars-at-value-date = Montants en dollars des États-Unis à leur date de valeur
