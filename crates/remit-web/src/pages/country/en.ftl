who-supports-whom = Who supports whom: the matrix
needs-attention = What needs attention
why-shown = Why this is shown
no-notes = No gaps, cliffs, overlaps, doubled leads or missing oversight were found.
all-activities = All activities
missions-institutions = Missions and institutions
with-active-activity = { $n } with an active activity
how-it-is-made = how it is made
t-activities-last = Activities, those that end last first
t-missions-institutions = Missions and institutions on record
t-known-by-class = What is known, by class of actor
country-none = No support to the security sector of this country is on record. That is not the same as no support.
country-lead = { $n ->
         [one] 1 activity
        *[other] { $n } activities
    } on record by { $s ->
         [one] 1 supporter
        *[other] { $s } supporters
    }; { $active } active on this day.
note-gap = Gap.
note-gap-text = No active support is known for: { $names }.
note-cliff = Cliff.
note-cliff-text = { $n ->
         [one] 1 line of support ends
        *[other] { $n } lines of support end
    } within six months and nothing on record follows.
note-overlap = Overlap.
note-overlap-text = Two or more supporters work on the same in { $n ->
         [one] 1 class and function
        *[other] { $n } classes and functions
    }.
note-two-lead = Two lead institutions.
note-two-lead-text = More than one institution leads: { $names }.
note-oversight = Oversight.
note-oversight-text = No power of oversight is known to be exercised over: { $names }.
note-reach = Until when.
note-reach-text = Last told by a source, or checked against one: { $day }. What happened since is not known here.
note-stale = Stale.
note-stale-text = Nobody has looked for a year at { $n ->
         [one] 1 statement
        *[other] { $n } statements
    }.
note-classless = No class.
note-classless-text = { $n ->
         [one] 1 institution has no class, and stands in no table or matrix by class
        *[other] { $n } institutions have no class, and stand in no table or matrix by class
    }.
places-in = Places in { $country }
places-unit = Activities of the security sector that name the place
places-source = locations as published; areas: Natural Earth, de-facto lines, no endorsement implied
places-note = Activities with a place on this map: { $n } of { $all }.
place = Place
where-in-country = Where
note-unknown = Not known.
note-unknown-text = No source on file would tell whether anybody supports: { $names }.
country-told-otherwise = { $n ->
        [one] No aid activity to the security sector is on record, but one other sign of support: stated, mandated or reported. It stands in the matrix.
        *[other] No aid activity to the security sector is on record, but { $n } other signs of support: stated, mandated or reported. They stand in the matrix.
    }
make-a-brief = Make a two-page brief
who-is-there = Who is there
all-that-runs = All that runs
aid-activities = Aid activities
t-running = What runs on this day, what is planned, and what has ended lately
country-runs = Running on this day: { $what }.
country-runs-nothing = Nothing is known to run on this day.
country-past-end = { $n ->
         [one] Of 1 more the last end on record is past, or no source has spoken of it for a year: not known whether it goes on.
        *[other] Of { $n } more the last end on record is past, or no source has spoken of them for a year: not known whether they go on.
    }
runs-missions = { $n ->
         [one] 1 mission
        *[other] { $n } missions
    }
runs-projects = { $n ->
         [one] 1 project
        *[other] { $n } projects
    }
runs-trainings = { $n ->
         [one] 1 training
        *[other] { $n } trainings
    }
runs-activities = { $n ->
         [one] 1 aid activity
        *[other] { $n } aid activities
    }
