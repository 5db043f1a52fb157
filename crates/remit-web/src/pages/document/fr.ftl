proposals-wait = { $n } propositions attendent dans ce document.
not-read-label = Non lu :
how-marks-look = Apparence des marques
parts-of-document = Parties du document
error-no-document = Ce document n’existe pas, ou vous ne pouvez pas le voir.
