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
choose-columns = Columns
column-earlier = earlier
column-later = later
column-hide = hide
column-show = show
with-the-chosen = Change chosen records
choose-all = Choose all on this page
change-values = Values
grade = Grade
reliability = Reliability of the source
credibility = Credibility of the information
set-grade = Set grade
set-marking = Set marking
withdraw-chosen = Withdraw
