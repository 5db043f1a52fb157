same-as = The same as { $name }
merge-lead = All that is said of the other record will be said of “{ $name }”, and what refers to it too. It can be undone.
other-record = The other record (name or identifier)
make-one = Make them one
written-alike = Written alike
itself = That is this record itself; name the other one.
several-called-so = { $n } records are called so: write the identifier of one ({ $ids }).
none-called-so = Nothing is called so.
