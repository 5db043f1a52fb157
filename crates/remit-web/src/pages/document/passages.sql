select passage, n, number, heading, lead, text, page, reading from passage where document = :record order by n
