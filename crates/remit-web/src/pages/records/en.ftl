kinds = Kinds
enter-new = Add a record: { $kind }
sheet-to-fill = Blank template
all-as-sheet = All records as a spreadsheet
none-on-record-stop = none on record.
register-of = Register: { $kind }
other-kinds = Other kinds of records
filter = Filter
clear-filter = Clear filter
with-words = Words in the record
records-n = { $n ->
     [one] 1 record
    *[other] { $n } records
  }
records-part = Records { $first } to { $last } of { $n }
previous-page = Previous page
next-page = Next page
pages-of-list = Pages
link-to-list = Link to this list
