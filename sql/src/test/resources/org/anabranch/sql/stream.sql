-- SPDX-License-Identifier: Apache-2.0
CREATE STREAM s (
  b BOOLEAN, i INTEGER, l BIGINT, d DOUBLE, n DECIMAL(10, 2), t VARCHAR, day DATE,
  ts TIMESTAMP(3), z TIMESTAMP(3) WITH TIME ZONE,
  -- names that are keywords elsewhere
  date DATE, time VARCHAR, timestamp TIMESTAMP(3), value INTEGER, position INTEGER, method VARCHAR,
  user VARCHAR, year INTEGER, month INTEGER, day_ INTEGER, hour INTEGER, count INTEGER,
  current_date DATE, row VARCHAR, rows VARCHAR, first VARCHAR, by VARCHAR, interval INTEGER,
  at INTEGER, zone INTEGER, values INTEGER, floor DOUBLE, größe DOUBLE,
  "Mixed Case" INTEGER, "order" VARCHAR, "SELECT" VARCHAR
);
