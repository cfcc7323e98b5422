-- SPDX-License-Identifier: Apache-2.0
-- US domestic flights: one row a flight, sent when it arrives.

CREATE STREAM flights (
  date        TIMESTAMP(3) NOT NULL,            -- actual departure, local time
  delay       INTEGER,                          -- arrival delay in minutes, may be negative
  distance    INTEGER CHECK (distance > 0),     -- miles
  origin      VARCHAR NOT NULL,
  destination VARCHAR NOT NULL
) WITH ('format' = 'json', 'event_time' = 'date', 'partitions' = '2');

-- Delays by airport and day of departure. A flight that arrives after midnight
-- still counts for the day it left.
CREATE VIEW delays AS
SELECT origin,
       window_start AS day,
       COUNT(*)                        AS flights,
       AVG(delay)                      AS mean_delay,
       APPROX_PERCENTILE(delay, 0.95)  AS p95_delay,
       COUNT(*) FILTER (WHERE delay >= 15) AS late_flights,
       COUNT(DISTINCT destination)     AS destinations
FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(date), INTERVAL '1' DAY))
WHERE delay IS NOT NULL
GROUP BY origin, window_start;

-- The whole stream in one row.
CREATE VIEW totals AS
SELECT COUNT(*) AS flights, SUM(delay) AS delay, SUM(distance) AS distance,
       MIN(delay) AS earliest, MAX(delay) AS latest
FROM flights;
