what-table-shows = What the table shows
recipients-by = Recipients by
supporters-by = Supporters by
the-matrix = The matrix
no-support-on-record = No support is on record.
no-support-for-country = No support is on record for this country.
bring-support = <a href="/sheets">Import files</a> of aid activities or of your office, or choose another day above.
t-matrix = Supporters and recipients
matrix-unit = In each cell: number of activities; committed / disbursed in US dollars (of what only words tell, an estimated share); month of the latest end
supporter = Supporter
all = All
all-supporters = All supporters
matrix-unit-signs = In each cell: number on record; committed / spent, where something stated has an amount; month of the latest end
shade-activities = Shade: activities
shade-signs = Shade: how many hold on the day
twelve-and-more = 12 and more
some-left-out = money is left out: see below the table
last-ends-soon = the last ends within six months
sums-by-transaction = How the sums are made, transaction by transaction
commitments-not-reported = commitments not reported
disbursements-not-reported = disbursements not reported
overlaps = Overlaps
cliffs = Cliffs
gaps = Gaps
concentration = Concentration
support-all = Who supports whom, all countries
support-in = Who supports whom in { $country }
no-support = No support is on record. That is not the same as no support.
support-lead = Published aid activities: { $s ->
         [one] 1 supporter
        *[other] { $s } supporters
    }, { $n ->
         [one] 1 activity
        *[other] { $n } activities
    } active on this day.
support-by-signs = By other signs: { $s ->
         [one] 1 supporter
        *[other] { $s } supporters
    }; with support that holds on this day: { $n }.
support-missing = Assessed as in high need, and nobody on record actively supports: { $names }.
by-class = actor class
by-function = function
by-modality = modality
by-place = place
left-out-money = USD { $committed } committed and USD { $disbursed } disbursed are left out, since they are counted elsewhere already (†)
left-out-lent = USD { $committed } committed and USD { $disbursed } disbursed are loans, equity, debt relief or guarantees, and are not added (†)
left-out-doubtful = { $n ->
         [one] 1 activity
        *[other] { $n } activities
    } may be counted twice
left-out-unconverted = { $n ->
         [one] 1 activity has
        *[other] { $n } activities have
    } amounts that could not be converted (*)
t-overlaps = Two or more supporters for one class and function
t-cliffs = Support that ends within six months
t-every-class = Every actor class
t-functions-without = Functions without active support
t-concentration = Herfindahl index of what each class received, and the share of its largest supporter
supporters-otherwise = More by other signs
index-disbursed = Index, disbursed
index-committed = Index, committed
largest = Largest
its-share = Its share
support-unknown = No source on file would tell whether anybody supports: { $names }.
signs = Signs of support
sign-activities = Aid activities
sign-stated = Stated
sign-mandated = Mandated
sign-reported = Reported
sign-planned = Planned
n-planned = { $n ->
        [one] + 1 planned
       *[other] + { $n } planned
    }
signs-note = Stated: projects, trainings, equipment and relations that somebody recorded. Mandated: what a mandate asks of a mission. Reported: what a document says was done. The signs tell of the same support in different ways and are not added up; what is planned, of any sign, begins only after the day and is marked beside the number; the shade says how many hold on the day, and the month when the last of these ends; without a month, one of them has no end on record. Amounts stand where something stated has one: committed / spent, each currency by itself, not converted. Not split: an amount for several recipients or of several supporters together, which stands once, beside the supporter who is named first.
support-told-otherwise = No aid activity is on record. { $n ->
        [one] 1 record of another kind (project, training, mandated task …) tells
        *[other] { $n } records of other kinds (projects, trainings, mandated tasks …) tell
    } of support: below, by sign.
no-amount = no amount
not-split = not split
none-by-signs = Nothing is on record for the signs that you chose. Choose other signs to see what they show.
beside-the-matrix = Not in its sums, or of no country:
sign-coded = Aid activities by code
sign-read = Aid activities by their words
