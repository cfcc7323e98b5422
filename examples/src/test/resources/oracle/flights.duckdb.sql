-- SPDX-License-Identifier: Apache-2.0
-- The raw file as DuckDB reads it, and the views whose words mean something else there.

CREATE TABLE flights AS SELECT * FROM read_csv(${files}, header = true, columns = {
  'date': 'TIMESTAMP', 'delay': 'INTEGER', 'distance': 'INTEGER', 'origin': 'VARCHAR', 'destination': 'VARCHAR'});

CREATE VIEW delays AS
SELECT origin, date_trunc('day', date) AS day, COUNT(*) AS flights, AVG(delay) AS mean_delay,
       APPROX_PERCENTILE(delay, 0.95) AS p95_delay, COUNT(*) FILTER (WHERE delay >= 15) AS late_flights,
       COUNT(DISTINCT destination) AS destinations
FROM flights WHERE delay IS NOT NULL GROUP BY ALL;

CREATE VIEW chosen AS
SELECT origin, arg_min(destination, (date, rowid)) AS first_to, arg_max(destination, (date, rowid)) AS last_to,
       arg_max(delay, (date, rowid)) FILTER (WHERE delay IS NOT NULL) AS last_delay,
       arg_min(date, (delay, rowid)) FILTER (WHERE delay IS NOT NULL) AS when_earliest,
       arg_max(destination, (delay, rowid)) FILTER (WHERE delay IS NOT NULL) AS latest_to
FROM flights GROUP BY origin;

CREATE VIEW by_hour AS
SELECT date_trunc('hour', date) AS window_start, date_trunc('hour', date) + INTERVAL 1 HOUR AS window_end,
       COUNT(*) AS n, SUM(delay) AS delay, MAX(origin) AS last_origin
FROM flights GROUP BY ALL;

CREATE VIEW by_shifted_week AS
SELECT time_bucket(INTERVAL 7 DAY, date, TIMESTAMP '1970-01-02 06:00:00') AS window_start, origin,
       COUNT(*) AS n, AVG(distance) AS mean_distance
FROM flights GROUP BY ALL;

CREATE VIEW sliding AS
SELECT destination, time_bucket(INTERVAL 8 HOUR, date, TIMESTAMP '1970-01-01') - back * INTERVAL 8 HOUR AS window_start,
       window_start + INTERVAL 1 DAY AS window_end, COUNT(*) AS n, SUM(distance) AS distance, VAR_POP(delay) AS var_pop
FROM flights, (SELECT unnest([0, 1, 2]) AS back)
WHERE destination < 'D' AND delay IS NOT NULL
GROUP BY ALL;

CREATE VIEW calendar AS
SELECT date_trunc('day', date) AS day, dayofweek(date) AS dow, isodow(date) AS isodow,
       week(date) AS week, dayofyear(date) AS doy, quarter(date) AS quarter,
       year(date) AS year, CAST(date + INTERVAL 1 MONTH AS DATE) AS month_on,
       COUNT(*) AS n, SUM(minute(date)) AS minutes, MAX(CAST(date_trunc('week', date) AS TIMESTAMP)) AS monday
FROM flights GROUP BY ALL;

CREATE VIEW expressions AS
SELECT CASE WHEN delay IS NULL THEN 'unknown' WHEN delay < 0 THEN 'early' WHEN delay < 15 THEN 'on time' ELSE 'late' END AS class,
       distance % 7 AS remainder, delay // 60 AS hours, lower(origin[1]) AS letter,
       COUNT(*) AS n, SUM(abs(coalesce(delay, 0))) AS total, SUM(nullif(delay, 0) * 2 - 1) AS doubled,
       MIN(CAST(round(distance / 3, 2) AS DECIMAL(12, 2))) AS third, MAX(-distance) AS negative,
       SUM(CAST(ceil(delay / 10) AS BIGINT)) AS tens, SUM(floor(delay / 10)) AS floors,
       MAX(upper(trim(replace(destination, 'A', ' ')))) AS text, SUM(strpos(origin || destination, 'A')) AS places
FROM flights
WHERE (starts_with(origin, 'A') OR destination IN ('ORD', 'DFW', 'LAX')) AND (distance < 300 OR distance > 400)
GROUP BY ALL;
