-- SPDX-License-Identifier: Apache-2.0
-- Views over requests that an independent engine is asked as well.

CREATE VIEW by_client AS
SELECT client, COUNT(*) AS n, COUNT(bytes) AS sized, SUM(bytes) AS bytes, MIN(bytes) AS least, MAX(bytes) AS most,
       AVG(bytes) AS mean, VAR_POP(bytes) AS var_pop, STDDEV_SAMP(bytes) AS spread,
       COUNT(DISTINCT path) AS paths, APPROX_COUNT_DISTINCT(path) AS about_paths,
       APPROX_PERCENTILE(bytes, 0.75) AS p75, MIN(time) AS first, MAX(time) AS last,
       COUNT(referer) AS referers, MAX(agent) AS agent, COUNT(*) FILTER (WHERE status >= 400) AS failed
FROM requests GROUP BY client;

CREATE VIEW by_method AS
SELECT method, status / 100 AS class, bytes IS NULL AS sizeless, COUNT(*) AS n, SUM(bytes) AS bytes,
       ARG_MAX(path, time) AS last_path, ARG_MIN(client, time) AS first_client, ARG_MAX(path, bytes) AS largest
FROM requests GROUP BY method, status / 100, bytes IS NULL;

CREATE VIEW sliding AS
SELECT window_start, COUNT(*) AS n, COUNT(DISTINCT client) AS clients
FROM TABLE(HOP(TABLE requests, DESCRIPTOR(time), INTERVAL '15' MINUTE, INTERVAL '1' HOUR))
WHERE path NOT LIKE '/images/%' GROUP BY window_start;

CREATE VIEW agents AS
SELECT SUBSTRING(agent FROM 1 FOR POSITION('/' IN agent)) AS product, COUNT(*) AS n,
       MAX(CHAR_LENGTH(agent)) AS longest, COUNT(DISTINCT LOWER(referer)) AS referers
FROM requests WHERE agent IS NOT NULL GROUP BY 1 HAVING COUNT(*) >= 2;

CREATE VIEW everything AS
SELECT AVG(bytes) AS mean, VAR_SAMP(bytes) AS var_samp, APPROX_PERCENTILE(bytes, 0.5) AS median,
       APPROX_PERCENTILE(bytes, 0.999) AS p999, APPROX_COUNT_DISTINCT(path) AS about_paths,
       APPROX_COUNT_DISTINCT(client) AS about_clients, MIN(client) AS first_client, MAX(path) AS last_path
FROM requests;
