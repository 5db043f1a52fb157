dollars-at-value-date = Montants en dollars des États-Unis à leur date de valeur
