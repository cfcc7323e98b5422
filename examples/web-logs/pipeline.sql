-- SPDX-License-Identifier: Apache-2.0
-- An access log in the Apache combined format, line by line.

CREATE STREAM requests (
  client  VARCHAR NOT NULL,
  time    TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  method  VARCHAR NOT NULL,
  path    VARCHAR NOT NULL,
  status  INTEGER NOT NULL CHECK (status BETWEEN 100 AND 599),
  bytes   BIGINT,
  referer VARCHAR,
  agent   VARCHAR
) WITH (
  'format' = 'regex',
  'pattern' = '(?P<client>\S+) \S+ \S+ \[(?P<time>[^\]]+)\] "(?P<method>\S+) (?P<path>\S+) [^"]*" (?P<status>\d+) (?P<bytes>\S+) "(?P<referer>[^"]*)" "(?P<agent>[^"]*)"',
  'timestamp_format' = 'dd/MMM/yyyy:HH:mm:ss Z',
  'null' = '-',
  'event_time' = 'time'
);

CREATE VIEW totals AS
SELECT COUNT(*) AS requests, SUM(bytes) AS bytes, COUNT(DISTINCT client) AS clients FROM requests;

CREATE VIEW by_status AS SELECT status, COUNT(*) AS requests FROM requests GROUP BY status;

CREATE VIEW by_hour AS
SELECT window_start AS hour, COUNT(*) AS requests, COUNT(DISTINCT client) AS clients
FROM TABLE(TUMBLE(TABLE requests, DESCRIPTOR(time), INTERVAL '1' HOUR))
GROUP BY window_start;
