error-no-sheet = There is no such spreadsheet here. Send it again.
error-mapping-name = Use letters, digits, spaces, - and _ only in the name of a mapping.
error-no-table = The file has no table.
sheets-lead = Send all that you have: spreadsheets and documents. You see what each sheet becomes before anything is recorded, and can undo it.
the-sheet = Files
what-is-read = Spreadsheets, documents, activities: { $endings }
look-at-it = Continue
stays-here = The file stays on this machine, in the workspace.
choose-sheet = Choose one or more files
which-column = Choose the columns
map-lead = { $name }: check which column is which field. What is filled in here comes from the headings, the values and earlier files.
mapping-name = Name of the mapping
each-row-about = Each row is about
show-fields = Show the fields of this kind
field = Field
column = Column
same-every-row = Value for all rows
column-of-source = Column of its source
column-of-confidence = Column of its confidence
column-of = Column of { $field }
how-written = Years of two digits in { $field }
record-of-row = Record of this row for { $field }
or-this-row = or this row’s…
of-this-row = { $record } of this row
value-every-row = Value of { $field } for every row
column-source-of = Column of the source of { $field }
column-confidence-of = Column of the confidence of { $field }
identifier-and-rows = Identifier, and rows without such a record
identifier-braces = Identifier, with columns in braces
identifier-note = { "{" }unit id{ "}" }; empty: made of the name
only-where = Only rows where this column is filled
source-of-none = Source of rows that name none
marking-of-all = Marking of all rows
as-by-default = default
see-what = Preview
take-another = Import another kind from the same rows
choose-column = Choose a column for at least one field.
what-would-do = Preview
try-lead = { $name }: { $n ->
     [one] 1 row
    *[other] { $n } rows
  }. Nothing is recorded yet.
try-records = Records with something new
try-statements = New statements
try-new = New
try-changed = Changed
try-as-before = Unchanged
try-unmatched = Unknown names
try-unusable = Cells with errors
try-gone = No longer in the spreadsheet
try-conflict = In conflict with a correction or another source
withdraw-gone = Withdraw what is no longer in the spreadsheet
nothing-new = Nothing is new or changed.
bring-in = Import
asked-where = To answer what a line asks, change the columns: for one column open “More” in its row, for all of them “Source, dates, numbers and rows of the whole sheet”.
say-again = Change the columns
several-in-cell = Several names in one cell
several-names = “{ $cell }” in the column “{ $column }” seems to be several names. Until you say so, the cell is left out.
several-for-one = “{ $cell }” in the column “{ $column }” seems to be several names, and one is asked for. Until you decide, the cell is left out.
divide-names = Divide at “{ $sign }”
row-for-each = Divide at “{ $sign }”, one row for each name
names-nobody = Unknown names
cannot-be-used = Cells with errors
row = Row
cell = Cell
why = Why
first-hundred = The first 100 of { $n }. All are listed under Problems after the import.
would-be-recorded = Changes
record = Record
says = New value
said-before = Value before
error-no-sheets-of = Records of the kind “{ $kind }” have no spreadsheets.
as-document = { $name }: passages and proposals
files-sent = Continue with each file
not-for-here = { $name } cannot be read. Save it as one of these and send it again: { $endings }
tabs = Sheets of the file
other-tabs-too = Import these sheets of the file too
other-tabs-note = They are imported as Remit reads them. The preview shows every row before anything is recorded.
columns-of-tab = Check the columns of “{ $tab }”
tab-hidden = hidden, not imported
tab-open = not imported
as-it-stands = The sheet as it stands
click-headings = Press the number of the row with the headings, if it is another one
heading-row = { $n }, headings
take-heading = Take row { $n } as the headings
headings-take = Headings take
heading-rows = { $n ->
     [one] 1 row
    *[other] { $n } rows
 }
encoding = Letters (encoding)
update = Show
use-mapping = Use this mapping
why-kind = Taken for { $kind }: { $reasons }.
column-is = “{ $heading }” as { $field }
record-n = { $n }. { $kind }
remove-record = Remove { $kind }
fields-of = Fields of { $kind }
other-fields = Other fields of { $kind }
more-to-say = More
more-of = More on { $field }
no-column = No column
part-month = Column of the month
part-day = Column of the day
other-currency = The same amount in another currency
third-currency = And in a third currency
order-of = Day or month first in { $field }
decimal-of = Decimal sign in { $field }
as-proved = As the column shows
day-first = Day first: 31/12/2025
month-first = Month first: 12/31/2025
unknown-names-of = Unknown names in { $field }
names-listed = List unknown names
names-added = Add unknown names
between-items = Between the items of { $field }
times = { $n ->
     [one] once
    *[other] { $n } times
 }
no-code-yet = Not decided
leave-out = Leave out
suggested = suggested
record-called = Name of this record in the row
every-row = Every row
whole-sheet = Source, dates, numbers and rows of the whole sheet
dates-order = Dates such as 03/04/2012
numbers-decimal = Numbers such as 2.500
fiscal-begins = Month in which fiscal years begin
month-not-said = Not said
fill-down = Empty cells mean the one above in
parts-of-name = Columns that are parts of one name
sections-column = Rows with one cell that are headings of those below (“MINISTRIES”) stand in the column
columns-as-rows = One row for each of these columns (years as headings)
each-heading = What their headings are called
each-cell = What their cells are called
each-year = Year of the months, where their headings do not say it
year-example = Year
value-example = Value
several-answers = One row for each answer in
names-further-in = Names that stand further in belong to the one above; they stand in
between-answers = Between the answers
rows-left-out = Leave out rows by
texts-left-out = Texts of the rows to leave out, one a line
keep-totals = Rows that begin with “Total” are rows like others
leave-tab = Do not import this sheet
as-a-file = The same as a file (TOML)
try-passed = Rows not of the table
try-filled = Cells filled from above
try-repeated = Said once more
names-perhaps = New records that may be on file under another name
name-own = A record of its own
name-leave = Leave out
name-add = Add it
name-is = It is { $like }
name-like = Is it “{ $like }”? Write it so in the sheet.
name-which = Several are called so. Write in the sheet which one is meant: { $records }
the-name = Name
rows-of-it = Rows
what-with-it = What to do
what-with = What to do with { $name }
or-another = Or it is
another-for = Another name for { $name }
keep-decisions = Keep and look again
add-all = Add all of them
rows-passed = Rows that are not of the table
what-stands = What stands there
passed-above = above the headings
passed-total = a row of sums
passed-note = a note below the table
passed-alone = alone in its row
passed-empty = nothing below the columns that are rows
passed-columns = numbers of the columns
passed-section = a heading of the rows below
passed-table = of another table below
passed-skipped = left out as you said
not-used = Columns and sheets that are not used
brought-in = Imported
imported-n = { $name }: { $added } new, { $changed } changed.
left-out-n = { $n ->
     [one] 1 cell or row could not be used. It is
    *[other] { $n } cells or rows could not be used. They are
  } listed under Problems.
left-above-n = { $n ->
     [one] 1 cell or row could not be used that is marked higher than what you see here. It is
    *[other] { $n } cells or rows could not be used that are marked higher than what you see here. They are
  } listed under Problems for those who may see it.
preview-underway = Preparing the preview
preview-note = This page looks again every two seconds, and shows the preview when it is ready. Nothing is recorded.
underway-title = Importing
underway-reading = { $name }: the spreadsheet is being read.
underway-rows = { $name }: { $done } of { $all } rows are read.
underway-done = { $name }: { $done } of { $all } statements are written.
underway-note = This page looks again every two seconds. You can leave it: the import goes on, and stands in the history when it has ended. Nothing is recorded before its end.
underway-look = Look again
import-stop = Stop the import
import-stopped-title = Import stopped
import-stopped = { $name }: the import was stopped. Nothing was recorded; the file and all that you chose for it are kept.
import-again = Begin again with what was chosen
error-no-import = This import has ended. What it recorded stands in the history.
names-left-n = { $n ->
     [one] 1 unknown name was left out
    *[other] { $n } unknown names were left out
  }: what they supported, led or received stands without them.
names-left-decide = Decide about the unknown names
see-history = History
see-problems = Problems
another-file = Another file
carried-over = The mapping “{ $mapping }” was made for an earlier file. It says of every row, whatever this file says: { $said }. Change it below if this is not so here.
same-in-all-rows = Not from the file, but the same in every row: { $said }.
filled-not-shown = Imported, but not shown to you here: { $said }.
see-support-in = Who supports whom in { $country } ({ $n })
counted-of = { $name }: { $n ->
        [one] 1 activity
        *[other] { $n } activities
    } read, { $counted } counted as support to the security sector, { $left } not.
not-counted = Activities that do not count as support to the security sector
not-counted-note = If one of them is, say so, and who receives it (guessed from its title; change it, or leave it open): it is recorded as a project that your office states, and the activity stays as it was published.
not-counted-no-sign = No purpose code of the security sector, and no words of it in the title or the descriptions
not-counted-doubted = Its purpose code is a wide one, and its words speak of something else
it-is-support = It is support to the security sector
it-is-support-of = { $title }: it is support to the security sector
stated-already = Stated
more-not-counted = { $n ->
        [one] 1 more is not shown.
        *[other] { $n } more are not shown.
    }
countries-say = Say the country of each
projects-without-country = { $n ->
        [one] 1 project names no country: no country’s support counts it.
        *[other] { $n } projects name no country: no country’s support counts them.
    }
left-packed = { $name } could not be taken out of its archive: it has a password, is damaged, too large, or one of too many (100 at a time). Unpack it and send it by itself.
left-packed-more = { $name }: { $n ->
     [one] 1 more file
    *[other] { $n } more files
  } could not be taken out, for one of these reasons.
archive-inside = { $name } is an archive inside an archive. Unpack it and send the files in it.
archive-not-opened = { $name } is an archive that cannot be opened here. Unpack it and send the files in it, or pack them as .zip.
packed-twice = { $name } has several files of one name in one folder. Only the last of each was read: unpack it and send the others by themselves.
no-activities = { $name } holds no activities (IATI). If it is a table, save it as .xlsx or .csv and send it again.
file-empty = { $name } is empty. Nothing of it was kept.
more-values = { $n ->
     [one] 1 more value is shown
    *[other] { $n } more values are shown
 } once these are decided and you press “Show”.
short-year = as in { $example }
no-tab-taken = No sheet of the file would be imported. Choose one above.
columns-gone = A column that was chosen is not in the sheet as it stands here. Choose it again.
choose-time = Choose the field for the column “{ $heading }” that is made of the headings. Without it, the rows of one line cannot be told apart.
choose-year = Write the year of the months: their headings do not say it.
choose-what-tells = { $kind }: choose a column, or a value for all rows, for { $fields }. Without it, nothing tells what a row is about.
nothing-usable = Nothing of this file can be imported as it is. The lists below say why.
imported-nothing = { $name }: nothing was imported.
import-tab = Import the sheet “{ $tab }” of this file
choose-required = { $kind }: choose a column, or a value for all rows, for { $field }. Without it, a row says nothing.
classes-missing = { $n ->
     [one] 1 institution has
    *[other] { $n } institutions have
 } no class yet: answers that count support by class do not find it.
classes-say = Say what sort of institutions these are
classes-lead = What is chosen here was guessed from the names. Change what is wrong, and leave open what you do not know.
classes-record = Record these classes
classes-recorded = Classes recorded: { $n }.
classes-none = Every institution of this import has a class.
class-of = Class of { $name }
