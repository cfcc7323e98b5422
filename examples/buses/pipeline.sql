-- SPDX-License-Identifier: Apache-2.0
-- Positions of buses with offsets from UTC; speeds are kept to the last digit.

CREATE STREAM positions (
  vehicle_id    VARCHAR NOT NULL,
  timestamp     TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  speed         DECIMAL(38, 20),
  route_id      VARCHAR,
  trip_id       VARCHAR,
  latitude      DOUBLE,
  longitude     DOUBLE,
  trip_headsign VARCHAR
) WITH ('format' = 'csv', 'event_time' = 'timestamp', 'partitions' = '2');

CREATE VIEW totals AS
SELECT COUNT(*) AS positions, COUNT(DISTINCT vehicle_id) AS vehicles,
       COUNT(DISTINCT route_id) AS routes, SUM(speed) AS speed
FROM positions;

CREATE VIEW by_vehicle AS
SELECT vehicle_id, COUNT(*) AS positions FROM positions GROUP BY vehicle_id;
