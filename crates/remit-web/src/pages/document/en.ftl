proposals-wait = { $n ->
     [one] 1 proposal waits in this document.
    *[other] { $n } proposals wait in this document.
  }
not-read-label = Not read:
how-marks-look = How marks look
parts-of-document = Parts of the document
error-no-document = There is no such document, or you may not see it.
say-whose = Say which mission this document is of
read-again = Read again
from-picture = Read from a picture (OCR): letters may be wrong
