-- SPDX-License-Identifier: Apache-2.0
-- Views over positions that an independent engine is asked as well.

CREATE VIEW everything AS
SELECT COUNT(*) AS n, COUNT(trip_headsign) AS signed, COUNT(DISTINCT trip_id) AS trips, COUNT(DISTINCT latitude) AS latitudes,
       COUNT(DISTINCT timestamp) AS instants, SUM(latitude) AS latitude, SUM(speed * 2) AS doubled,
       MIN(speed) AS slowest, MAX(speed) AS fastest, MIN(longitude) AS west, MAX(latitude) AS north,
       AVG(speed) AS mean_speed, AVG(longitude) AS mean_longitude, VAR_POP(speed) AS var_pop, VAR_SAMP(latitude) AS var_samp,
       STDDEV_POP(longitude) AS stddev_pop, STDDEV_SAMP(speed) AS stddev_samp,
       APPROX_COUNT_DISTINCT(latitude) AS about_latitudes, APPROX_COUNT_DISTINCT(speed) AS about_speeds,
       APPROX_PERCENTILE(speed, 0.9) AS p90, APPROX_PERCENTILE(longitude, 0.25) AS p25
FROM positions;

CREATE VIEW by_route AS
SELECT route_id, COUNT(*) AS n, COUNT(DISTINCT vehicle_id) AS vehicles, SUM(speed) AS speed, AVG(latitude) AS latitude,
       MAX(speed) FILTER (WHERE trip_headsign IS NULL) AS unsigned_speed, VAR_SAMP(longitude) AS var_samp,
       MIN(trip_headsign) AS sign, APPROX_PERCENTILE(latitude, 0.5) AS median,
       ARG_MAX(speed, timestamp) AS last_speed, ARG_MIN(latitude, timestamp) AS first_latitude,
       ARG_MAX(vehicle_id, speed) AS fastest
FROM positions GROUP BY route_id;

CREATE VIEW quarter_hours AS
SELECT window_start, COUNT(*) AS n, COUNT(DISTINCT vehicle_id) AS vehicles, SUM(speed) AS speed
FROM TABLE(TUMBLE(TABLE positions, DESCRIPTOR(timestamp), INTERVAL '15' MINUTE)) GROUP BY window_start;

CREATE VIEW sliding AS
SELECT window_start, route_id, COUNT(*) AS n, AVG(longitude) AS longitude
FROM TABLE(HOP(TABLE positions, DESCRIPTOR(timestamp), INTERVAL '12' HOUR, INTERVAL '1' DAY))
WHERE speed > 0 GROUP BY window_start, route_id;

CREATE VIEW local AS
SELECT CAST(timestamp AT TIME ZONE 'America/Chicago' AS DATE) AS day,
       EXTRACT(HOUR FROM timestamp AT TIME ZONE 'America/Chicago') AS hour,
       COUNT(*) AS n, MIN(timestamp AT TIME ZONE 'America/Chicago') AS first
FROM positions GROUP BY 1, 2;

CREATE VIEW places AS
SELECT ROUND(CAST(latitude AS DECIMAL(12, 8)), 2) AS latitude, FLOOR(longitude * 10) AS longitude,
       COUNT(*) AS n, MAX(LOWER(trip_headsign)) AS sign
FROM positions WHERE trip_headsign LIKE '%BOUND' AND speed IS NOT NULL GROUP BY 1, 2;
