-- SPDX-License-Identifier: Apache-2.0
-- Views over flights that an independent engine is asked as well.

CREATE VIEW everything AS
SELECT COUNT(*) AS n, COUNT(delay) AS delays, COUNT(DISTINCT delay) AS different_delays,
       COUNT(DISTINCT date) AS different_dates, COUNT(DISTINCT origin) AS origins,
       SUM(delay) AS delay, SUM(CAST(distance AS BIGINT)) AS distance,
       SUM(CAST(delay AS DECIMAL(12, 3)) * 1.25) AS exact, SUM(CAST(delay AS DOUBLE) / 7) AS inexact,
       MIN(delay) AS earliest, MAX(delay) AS latest, MIN(date) AS first, MAX(date) AS last,
       MIN(origin) AS first_origin, MAX(origin || '-' || destination) AS last_route,
       MIN(CAST(date AS DATE)) AS first_day, MAX(CAST(CAST(delay AS DECIMAL(8, 2)) / 4 AS DECIMAL(10, 2))) AS quarter,
       AVG(delay) AS mean_delay, AVG(CAST(distance AS DECIMAL(20, 5))) AS mean_distance,
       AVG(CAST(delay AS DOUBLE) / 3) AS mean_third,
       VAR_POP(delay) AS var_pop, VAR_SAMP(distance) AS var_samp,
       STDDEV_POP(CAST(delay AS DOUBLE)) AS stddev_pop,
       STDDEV_SAMP(CAST(distance AS DECIMAL(10, 2))) AS stddev_samp,
       APPROX_COUNT_DISTINCT(date) AS about_dates, APPROX_COUNT_DISTINCT(destination) AS about_destinations,
       APPROX_PERCENTILE(delay, 0.95) AS p95, APPROX_PERCENTILE(distance, 0.5) AS median,
       APPROX_PERCENTILE(delay, 0) AS p0, APPROX_PERCENTILE(distance, 1) AS p100
FROM flights;

CREATE VIEW by_route AS
SELECT origin, destination, COUNT(*) AS n, COUNT(delay) AS delays, COUNT(DISTINCT delay) AS different,
       SUM(delay) AS delay, MIN(distance) AS nearest, MAX(distance) AS farthest, AVG(delay) AS mean_delay,
       VAR_POP(delay) AS var_pop, VAR_SAMP(delay) AS var_samp,
       STDDEV_POP(delay) AS stddev_pop, STDDEV_SAMP(delay) AS stddev_samp,
       APPROX_COUNT_DISTINCT(date) AS about_dates, APPROX_PERCENTILE(delay, 0.9) AS p90,
       COUNT(*) FILTER (WHERE delay >= 15) AS late, SUM(delay) FILTER (WHERE delay < 0) AS gained,
       AVG(delay) FILTER (WHERE EXTRACT(HOUR FROM date) BETWEEN 6 AND 9) AS mean_of_morning,
       COUNT(DISTINCT distance) FILTER (WHERE delay IS NOT NULL) AS distances
FROM flights GROUP BY origin, destination;

CREATE VIEW chosen AS
SELECT origin, ARG_MIN(destination, date) AS first_to, ARG_MAX(destination, date) AS last_to,
       ARG_MAX(delay, date) AS last_delay, ARG_MIN(date, delay) AS when_earliest,
       ARG_MAX(destination, delay) AS latest_to
FROM flights GROUP BY origin;

CREATE VIEW by_hour AS
SELECT window_start, window_end, COUNT(*) AS n, SUM(delay) AS delay, MAX(origin) AS last_origin
FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(date), INTERVAL '1' HOUR))
GROUP BY window_start, window_end;

CREATE VIEW by_shifted_week AS
SELECT window_start, origin, COUNT(*) AS n, AVG(distance) AS mean_distance
FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(date), INTERVAL '7' DAY, INTERVAL '30' HOUR))
GROUP BY window_start, origin;

CREATE VIEW sliding AS
SELECT destination, window_start, window_end, COUNT(*) AS n, SUM(distance) AS distance, VAR_POP(delay) AS var_pop
FROM TABLE(HOP(TABLE flights, DESCRIPTOR(date), INTERVAL '8' HOUR, INTERVAL '1' DAY))
WHERE destination < 'D' AND delay IS NOT NULL
GROUP BY destination, window_start, window_end;

CREATE VIEW calendar AS
SELECT FLOOR(date TO DAY) AS day, EXTRACT(DOW FROM date) AS dow, EXTRACT(ISODOW FROM date) AS isodow,
       EXTRACT(WEEK FROM date) AS week, EXTRACT(DOY FROM date) AS doy, EXTRACT(QUARTER FROM date) AS quarter,
       EXTRACT(YEAR FROM date) AS year, CAST(date + INTERVAL '1' MONTH AS DATE) AS month_on,
       COUNT(*) AS n, SUM(EXTRACT(MINUTE FROM date)) AS minutes, MAX(DATE_TRUNC('week', date)) AS monday
FROM flights GROUP BY FLOOR(date TO DAY), 2, 3, 4, 5, 6, 7, 8;

CREATE VIEW expressions AS
SELECT CASE WHEN delay IS NULL THEN 'unknown' WHEN delay < 0 THEN 'early' WHEN delay < 15 THEN 'on time' ELSE 'late' END AS class,
       MOD(distance, 7) AS remainder, delay / 60 AS hours, LOWER(SUBSTRING(origin FROM 1 FOR 1)) AS letter,
       COUNT(*) AS n, SUM(ABS(COALESCE(delay, 0))) AS total, SUM(NULLIF(delay, 0) * 2 - 1) AS doubled,
       MIN(ROUND(CAST(distance AS DECIMAL(9, 3)) / 3, 2)) AS third, MAX(-distance) AS negative,
       SUM(CEIL(CAST(delay AS DECIMAL(6, 1)) / 10)) AS tens, SUM(FLOOR(CAST(delay AS DOUBLE) / 10)) AS floors,
       MAX(UPPER(TRIM(REPLACE(destination, 'A', ' ')))) AS text, SUM(POSITION('A' IN origin || destination)) AS places
FROM flights
WHERE (origin LIKE 'A%' OR destination IN ('ORD', 'DFW', 'LAX')) AND NOT (distance BETWEEN 300 AND 400)
GROUP BY 1, 2, 3, 4;

CREATE VIEW busy AS
SELECT origin, COUNT(*) * 2 + 1 AS odd, CAST(SUM(delay) * 1.0 / COUNT(*) AS DECIMAL(20, 6)) AS mean, MAX(delay) - MIN(delay) AS spread
FROM flights GROUP BY origin HAVING COUNT(*) > 1000 AND AVG(delay) > 5;

CREATE VIEW nothing AS
SELECT COUNT(*) AS n, SUM(delay) AS delay, AVG(delay) AS mean, MIN(origin) AS origin,
       STDDEV_SAMP(delay) AS spread, APPROX_PERCENTILE(delay, 0.5) AS median
FROM flights WHERE distance < 0;
