documents-lead = Mandates, reports and pages, read paragraph by paragraph. What they seem to say is proposed with its sentence; a person decides.
to-decide-n = { $n ->
     [one] 1 proposal to decide on
    *[other] { $n } proposals to decide on
  }
send-documents = Send documents
files-label = Files (PDF, .docx, HTML, text)
where-published = Where it was published
read-them = Read
d-symbol = Symbol
d-date = Date
d-language = Language
d-mission = Mission
d-passages = Passages
document-not-read = not read
d-empty = none has been read yet. Send one here, or read many with remit read WORKSPACE FILE….
no-single-mission = no single mission
not-read = { $file }: not read; { $why }
was-read = { $file }: { $n ->
     [one] 1 passage
    *[other] { $n } passages
  }, { $proposals ->
     [one] 1 new proposal
    *[other] { $proposals } new proposals
  }
choose-file = Choose a file: PDF, .docx, HTML or plain text.
error-address = The address begins with https:// or http://.
whose-mission = Mission, where they do not name it
error-no-mission = No mission is called “{ $called }”. Write an acronym (EUAM Ukraine, UNMISS) or a name of the register.
