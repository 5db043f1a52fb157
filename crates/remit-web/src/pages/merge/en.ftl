same-as = Merge a duplicate of { $name }
merge-lead = All statements about the duplicate move to “{ $name }”, and so do references to it. What relates the two to each other is withdrawn. You can undo it.
other-record = The duplicate (name or identifier)
make-one = Merge
written-alike = Similar names
itself = This is the record itself. Enter the other one.
several-called-so = { $n } records have this name. Enter the identifier of one: { $ids }
none-called-so = No record has this name or identifier.
