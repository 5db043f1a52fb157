select id, dataset, title, source, url, licence, attribution, published, recorded_at, hash, files, bytes, records, parts,
  problems, marking, shown
from snapshot
order by dataset, recorded_at desc
