-- SPDX-License-Identifier: Apache-2.0
-- Views over edits that an independent engine is asked as well.

CREATE VIEW by_channel AS
SELECT channel, COUNT(*) AS n, SUM(added) AS added, SUM(delta) AS delta, MIN(delta) AS least, MAX(delta) AS most,
       COUNT(DISTINCT "user") AS users, APPROX_COUNT_DISTINCT(page) AS about_pages,
       AVG(delta) AS mean, VAR_SAMP(delta) AS var_samp, STDDEV_POP(added) AS stddev_pop,
       APPROX_PERCENTILE(delta, 0.99) AS p99, APPROX_PERCENTILE(added, 0.5) AS median,
       MIN(page) AS first_page, MAX(page) AS last_page, MIN(time) AS first, MAX(time) AS last,
       COUNT(*) FILTER (WHERE isRobot AND NOT isNew) AS robots,
       SUM(deleted) FILTER (WHERE isAnonymous OR delta < -100) AS deleted
FROM edits GROUP BY channel;

CREATE VIEW by_flags AS
SELECT isRobot, isAnonymous, isNew, COUNT(*) AS n, SUM(added - deleted) AS net,
       ARG_MIN(page, time) AS first_page, ARG_MAX("user", time) AS last_user, ARG_MAX(page, added) AS largest
FROM edits GROUP BY isRobot, isAnonymous, isNew;

CREATE VIEW minutes AS
SELECT window_start, COUNT(*) AS n, COUNT(DISTINCT channel) AS channels, AVG(added) AS mean
FROM TABLE(TUMBLE(TABLE edits, DESCRIPTOR(time), INTERVAL '1' MINUTE)) GROUP BY window_start;

CREATE VIEW sliding AS
SELECT window_start, channel, COUNT(*) AS n, MAX(delta) AS most
FROM TABLE(HOP(TABLE edits, DESCRIPTOR(time), INTERVAL '1' HOUR, INTERVAL '3' HOUR))
WHERE isRobot GROUP BY window_start, channel;

CREATE VIEW pages AS
SELECT LOWER(SUBSTRING(page FROM 1 FOR 2)) AS start, COUNT(*) AS n, MAX(CHAR_LENGTH(page)) AS longest,
       SUM(POSITION(':' IN page)) AS colons, MIN(REPLACE(page, ' ', '_')) AS link, COUNT(DISTINCT UPPER("user")) AS users
FROM edits WHERE page LIKE '%:%' OR "user" LIKE '%_ot' GROUP BY 1;

CREATE VIEW in_tokyo AS
SELECT EXTRACT(HOUR FROM time AT TIME ZONE 'Asia/Tokyo') AS hour,
       CAST(time AT TIME ZONE 'America/New_York' AS DATE) AS day, COUNT(*) AS n
FROM edits GROUP BY 1, 2;
