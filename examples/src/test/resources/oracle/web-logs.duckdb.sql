-- SPDX-License-Identifier: Apache-2.0
-- The raw lines taken apart by DuckDB, and the views whose words mean something else there.

SET TimeZone = 'UTC';

CREATE TABLE requests AS
SELECT m.client, strptime(m.time, '%d/%b/%Y:%H:%M:%S %z') AS time, m.method, m.path, CAST(m.status AS INTEGER) AS status,
       CAST(nullif(m.bytes, '-') AS BIGINT) AS bytes, nullif(m.referer, '-') AS referer, nullif(m.agent, '-') AS agent
FROM (SELECT regexp_extract(line,
        '^(\S+) \S+ \S+ \[([^\]]+)\] "(\S+) (\S+) [^"]*" (\d+) (\S+) "([^"]*)" "([^"]*)"$',
        ['client', 'time', 'method', 'path', 'status', 'bytes', 'referer', 'agent']) AS m
      FROM read_csv(${files}, header = false, auto_detect = false, delim = '\x01', quote = '', escape = '',
                    columns = {'line': 'VARCHAR'}))
WHERE m.client <> '';

CREATE VIEW by_hour AS
SELECT date_trunc('hour', time) AS hour, COUNT(*) AS requests, COUNT(DISTINCT client) AS clients
FROM requests GROUP BY ALL;

CREATE VIEW by_method AS
SELECT method, status // 100 AS class, bytes IS NULL AS sizeless, COUNT(*) AS n, SUM(bytes) AS bytes,
       arg_max(path, (time, rowid)) AS last_path, arg_min(client, (time, rowid)) AS first_client,
       arg_max(path, (bytes, rowid)) FILTER (WHERE bytes IS NOT NULL) AS largest
FROM requests GROUP BY ALL;

CREATE VIEW sliding AS
SELECT time_bucket(INTERVAL 15 MINUTE, time) - back * INTERVAL 15 MINUTE AS window_start,
       COUNT(*) AS n, COUNT(DISTINCT client) AS clients
FROM requests, (SELECT unnest([0, 1, 2, 3]) AS back)
WHERE path NOT LIKE '/images/%' GROUP BY ALL;
