-- SPDX-License-Identifier: Apache-2.0
-- The raw files as DuckDB reads them, and the views whose words mean something else there.

SET TimeZone = 'UTC';

CREATE TABLE positions AS SELECT * FROM read_csv(${files}, header = true, columns = {
  'vehicle_id': 'VARCHAR', 'timestamp': 'TIMESTAMPTZ', 'speed': 'DECIMAL(38, 20)', 'route_id': 'VARCHAR', 'trip_id': 'VARCHAR',
  'latitude': 'DOUBLE', 'longitude': 'DOUBLE', 'trip_headsign': 'VARCHAR'});

CREATE VIEW by_route AS
SELECT route_id, COUNT(*) AS n, COUNT(DISTINCT vehicle_id) AS vehicles, SUM(speed) AS speed, AVG(latitude) AS latitude,
       MAX(speed) FILTER (WHERE trip_headsign IS NULL) AS unsigned_speed, VAR_SAMP(longitude) AS var_samp,
       MIN(trip_headsign) AS sign, APPROX_PERCENTILE(latitude, 0.5) AS median,
       arg_max(speed, (timestamp, rowid)) FILTER (WHERE speed IS NOT NULL) AS last_speed,
       arg_min(latitude, (timestamp, rowid)) FILTER (WHERE latitude IS NOT NULL) AS first_latitude,
       arg_max(vehicle_id, (speed, rowid)) FILTER (WHERE speed IS NOT NULL) AS fastest
FROM positions GROUP BY route_id;

CREATE VIEW quarter_hours AS
SELECT time_bucket(INTERVAL 15 MINUTE, timestamp) AS window_start, COUNT(*) AS n,
       COUNT(DISTINCT vehicle_id) AS vehicles, SUM(speed) AS speed
FROM positions GROUP BY ALL;

CREATE VIEW sliding AS
SELECT time_bucket(INTERVAL 12 HOUR, timestamp) - back * INTERVAL 12 HOUR AS window_start, route_id,
       COUNT(*) AS n, AVG(longitude) AS longitude
FROM positions, (SELECT unnest([0, 1]) AS back)
WHERE speed > 0 GROUP BY ALL;
