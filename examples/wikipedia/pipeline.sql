-- SPDX-License-Identifier: Apache-2.0
-- Edits of Wikipedia pages, as flat JSON events; fields that no column asks for are counted.

CREATE STREAM edits (
  time        TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  channel     VARCHAR NOT NULL,
  page        VARCHAR NOT NULL,
  user        VARCHAR NOT NULL,
  isRobot     BOOLEAN NOT NULL,
  isAnonymous BOOLEAN NOT NULL,
  isNew       BOOLEAN NOT NULL,
  added       BIGINT,
  deleted     BIGINT,
  delta       BIGINT
) WITH ('event_time' = 'time', 'partitions' = '2');

CREATE VIEW totals AS
SELECT COUNT(*) AS edits, SUM(added) AS added, SUM(deleted) AS deleted, SUM(delta) AS delta,
       COUNT(*) FILTER (WHERE isRobot) AS robots,
       COUNT(*) FILTER (WHERE isAnonymous) AS anonymous,
       COUNT(*) FILTER (WHERE isNew) AS new_pages,
       COUNT(DISTINCT user) AS users, COUNT(DISTINCT page) AS pages
FROM edits;

CREATE VIEW by_page AS SELECT page, COUNT(*) AS edits FROM edits GROUP BY page;

CREATE VIEW by_hour AS
SELECT EXTRACT(HOUR FROM time) AS hour, COUNT(*) AS edits, SUM(deleted) AS deleted
FROM edits GROUP BY EXTRACT(HOUR FROM time);
