select reason, committed, disbursed, other_identifier from left_out where identifier = :identifier
