proposals-wait = { $n ->
     [one] { $n } proposition attend dans ce document.
    *[other] { $n } propositions attendent dans ce document.
  }
not-read-label = Non lu :
how-marks-look = Apparence des marques
parts-of-document = Parties du document
error-no-document = Ce document n’existe pas, ou vous ne pouvez pas le voir.
say-whose = Dire de quelle mission est ce document
read-again = Relire
from-picture = Lu à partir d’une image (OCR) : des lettres peuvent être fausses
