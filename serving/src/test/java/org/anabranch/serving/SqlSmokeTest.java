// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anabranch.view.Clock;
import org.junit.jupiter.api.Test;

class SqlSmokeTest {
  @Test
  void smoke() {
    FakeSource source = new FakeSource(TestViews.flightRows(3, 4), new Random(2));
    ViewRelation a = new ViewRelation(TestViews.flights("delays"), source, Optional.empty());
    ViewRelation b = new ViewRelation(TestViews.flights("Other"), source, Optional.empty());
    long t = System.nanoTime();
    try (SqlService sql = new SqlService(TestViews.catalog(a, b), SqlSettings.DEFAULT, Clock.SYSTEM)) {
      System.out.println("open " + (System.nanoTime() - t) / 1000000);
      for (String q : List.of("SELECT * FROM delays ORDER BY 1, 2 LIMIT 3",
          "select d.origin, sum(o.flights) s, count(*) c, avg(d.delay) from Delays d join other o using (origin, day) group by 1 order by 1",
          "select 7/2, -7/2, 7e0/2, 1.5/2e0, 10 % 3", "select 1/0", "select 1.5/2", "select sum(delay)/count(*) from delays",
          "select upper('straße'), lower('ABC'), substring('abcdef' from -1 for 4), position('c' in 'abc'), trim(both 'x' from 'xax'), trim('  a '), replace('abc','b','xx'), char_length('äöü'), 'a' || 1.5 || 2e0 || true",
          "select cast(2.5 as integer), cast('12' as integer), cast(1.005 as decimal(10,2)), cast('1.005' as decimal(10,2)), cast(1.005e0 as decimal(10,2)), cast(1e20 as varchar), cast(date '2001-01-01' as varchar), cast(timestamp '2001-01-01 10:00:00.500' as varchar)",
          "select cast('2.5' as integer)", "select cast('2001-1-1' as date)",
          "select extract(dow from date '2001-01-07'), extract(second from timestamp '2001-01-01 00:00:01.5'), extract(epoch from timestamp '2001-01-01 00:00:01.5'), extract(year from day) from delays limit 1",
          "select round(2.5e0), round(3.5e0), round(2.5), round(5), round(2.675e0, 2), round(2.675, 2), floor(5), floor(5.5), ceil(-5.5e0), round(15, -1)",
          "select timestamp '2001-07-01 12:00:00' at time zone 'Europe/Berlin', date_trunc('week', timestamp '2001-01-03 10:00:00'), date '2001-01-31' + interval '1' month",
          "select 'a_b' like 'a\\_b', 'axb' like 'a\\_b', 'axb' like 'a_b', 'axb' not like 'a_b', 'a%' like 'a!%' escape '!'",
          "with x as (select origin, max(flights) m from delays group by origin) select * from x order by m desc, origin desc limit 2",
          "select row_number() over (partition by origin order by day), lag(flights) over (order by day) from delays limit 2",
          "select * from delay", "select orig from delays", "selec 1", "select now()", "select * from read_csv('x')", "drop table x", "select 1; select 2", "",
          "select current_date", "select count(*) from range(10)", "select x from (values (1), (null), (3)) t(x) order by x desc", "select interval '1' day", "select a.*, 1 as a, 2 as a from delays a limit 1", "select nullif(origin, 'O1'), coalesce(null, 1), origin in ('O1','O2'), day between date '2001-01-01' and date '2001-01-02' from delays limit 1")) {
        t = System.nanoTime();
        try (Answer answer = sql.query(q, QueryLimits.DEFAULT, Optional.empty())) {
          System.out.println(">> " + q + "\n   " + answer.schema().columns().stream().map(c -> c.name() + " " + c.type()).toList());
          TestViews.all(answer).forEach(r -> System.out.println("   " + Arrays.toString(r)));
        } catch (ServingException e) {
          System.out.println(">> " + q + "\n!! " + e.reason() + " " + e.getMessage());
        }
        System.out.println("   " + (System.nanoTime() - t) / 1000 + " us, tables " + sql.tables() + " pins " + source.open() + " free " + sql.freePlaces());
      }
    }
  }
}
