-- SPDX-License-Identifier: Apache-2.0
-- Accepted statements in all their variety; used whole and taken apart by tests.
CREATE STREAM flights (
  date        TIMESTAMP(3) NOT NULL WITH ('timestamp_format' = 'epoch_millis'),
  origin      VARCHAR NOT NULL,
  destination TEXT NOT NULL DEFAULT 'nowhere' CHECK (CHAR_LENGTH(destination) > 0),
  delay       INTEGER DEFAULT -5,
  distance    INT CHECK (distance > 0) WITH ('field' = 'route.distance', 'null' = '-'),
  price       NUMERIC(10, 2) NULL DEFAULT 1.5,
  seen        TIMESTAMP WITH TIME ZONE DEFAULT TIMESTAMP WITH TIME ZONE '2001-01-01 00:00:00+01:00',
  "Order No"  BIGINT CONSTRAINT positive CHECK ("Order No" >= 0),
  value       DOUBLE PRECISION,
  on_time     BOOLEAN DEFAULT TRUE,
  CONSTRAINT elsewhere CHECK (origin <> destination),
  CHECK (delay IS NULL OR delay BETWEEN -1000 AND 100000 /* minutes */)
) WITH ('event_time' = 'date', 'Format' = 'JSON', 'partitions' = '04', 'key' = 'ORIGIN',
        'unknown' = 'keep', 'topic' = 'flights.v1', 'timestamp_format' = 'iso', 'null' = 'NA');

CREATE STREAM lines (status INTEGER, path VARCHAR)
WITH ('format' = 'regex', 'pattern' = '(?P<status>\d+) (?P<path>\S+)');

CREATE STREAM rows (a DATE WITH ('timestamp_format' = 'dd/MM/yyyy'), user VARCHAR)
WITH ('format' = 'csv', 'delimiter' = ';', 'quote' = 'none');

CREATE VIEW delays AS
SELECT origin, window_start, COUNT(*) AS flights, AVG(delay) AS mean_delay,
       APPROX_PERCENTILE(delay, 0.95) AS p95
FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(date), INTERVAL '1' DAY))
WHERE delay IS NOT NULL
GROUP BY origin, window_start;

CREATE VIEW everything AS
SELECT COUNT(*), COUNT(delay) AS delays, COUNT(DISTINCT origin) AS origins, SUM(price), MIN(date),
       MAX(seen), AVG(value), VAR_POP(delay), VAR_SAMP(delay), STDDEV_POP(delay), STDDEV_SAMP(delay),
       APPROX_COUNT_DISTINCT(destination), APPROX_PERCENTILE(delay, 1) AS top,
       ARG_MIN(destination, date), ARG_MAX(destination, date),
       SUM(delay) FILTER (WHERE on_time AND delay > 15) AS late,
       SUM(delay) / COUNT(*) + 1 AS mixed, COUNT(ALL delay) AS delays2
FROM flights;

CREATE VIEW hops AS
SELECT w.window_start AS "from", w.window_end AS until, UPPER(origin) || '-' || destination AS route,
       SUM(value) / NULLIF(COUNT(*), 0) AS mean
FROM TABLE(HOP(TABLE flights, DESCRIPTOR(date), INTERVAL '15' MINUTE, INTERVAL '1 hour',
               INTERVAL '-5' MINUTE)) AS w
GROUP BY window_start, window_end, route
HAVING COUNT(*) > 10 AND MAX(delay) IS DISTINCT FROM MIN(delay);

CREATE VIEW daily AS
SELECT FLOOR(date AT TIME ZONE 'UTC' AT TIME ZONE 'America/New_York' TO DAY) AS day, origin,
       CASE WHEN SUM(delay) > 0 THEN 'late' WHEN SUM(delay) < 0 THEN 'early' ELSE 'on time' END,
       MAX(delay)::DOUBLE PRECISION * 1e0 AS worst
FROM flights f
WHERE f.origin IN ('ATL', 'ORD') AND date >= TIMESTAMP '2001-01-01 00:00:00' AND date < '2002-01-01'
  AND POSITION('x' IN destination) = 0 AND destination NOT LIKE 'X!_%' ESCAPE '!'
GROUP BY 1, f.origin;

CREATE VIEW users AS SELECT user, COUNT(*) FROM rows GROUP BY USER;
CREATE VIEW distinct_users AS SELECT user AS name FROM rows GROUP BY name;
CREATE VIEW paths AS SELECT path, status / 100 AS class, COUNT(*) FROM lines GROUP BY path, class;
