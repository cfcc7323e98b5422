-- SPDX-License-Identifier: Apache-2.0
-- The raw file as DuckDB reads it, and the views whose words mean something else there.

SET TimeZone = 'UTC';

CREATE TABLE edits AS SELECT * FROM read_json(${files}, format = 'newline_delimited', columns = {
  'time': 'TIMESTAMPTZ', 'channel': 'VARCHAR', 'page': 'VARCHAR', 'user': 'VARCHAR', 'isRobot': 'BOOLEAN',
  'isAnonymous': 'BOOLEAN', 'isNew': 'BOOLEAN', 'added': 'BIGINT', 'deleted': 'BIGINT', 'delta': 'BIGINT'});

CREATE VIEW totals AS
SELECT COUNT(*) AS edits, SUM(added) AS added, SUM(deleted) AS deleted, SUM(delta) AS delta,
       COUNT(*) FILTER (WHERE isRobot) AS robots, COUNT(*) FILTER (WHERE isAnonymous) AS anonymous,
       COUNT(*) FILTER (WHERE isNew) AS new_pages,
       COUNT(DISTINCT "user") AS users, COUNT(DISTINCT page) AS pages
FROM edits;

CREATE VIEW by_flags AS
SELECT isRobot, isAnonymous, isNew, COUNT(*) AS n, SUM(added - deleted) AS net,
       arg_min(page, (time, rowid)) AS first_page, arg_max("user", (time, rowid)) AS last_user,
       arg_max(page, (added, rowid)) AS largest
FROM edits GROUP BY ALL;

CREATE VIEW minutes AS
SELECT date_trunc('minute', time) AS window_start, COUNT(*) AS n, COUNT(DISTINCT channel) AS channels, AVG(added) AS mean
FROM edits GROUP BY ALL;

CREATE VIEW sliding AS
SELECT date_trunc('hour', time) - back * INTERVAL 1 HOUR AS window_start, channel, COUNT(*) AS n, MAX(delta) AS most
FROM edits, (SELECT unnest([0, 1, 2]) AS back)
WHERE isRobot GROUP BY ALL;
