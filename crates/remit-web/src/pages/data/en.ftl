data-lead = Every data set that these pages rest on. A newer import supersedes the older one, which stays for whoever asks what was known then.
superseded = superseded
data-empty = Nothing is imported yet. <a href="/sheets">Import files</a> here, or with <code>remit import WORKSPACE FILE…</code>
data-source = Source
data-licence = Licence
data-named = Named
data-of = Of
data-imported = Imported
data-holds = Holds
data-holds-text = { $records ->
     [one] 1 record
    *[other] { $records } records
  }, { $parts ->
     [one] 1 part
    *[other] { $parts } parts
  }, in { $files ->
     [one] 1 file
    *[other] { $files } files
  } of { $bytes } bytes
data-hash = SHA-256
