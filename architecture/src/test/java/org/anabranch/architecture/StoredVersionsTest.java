// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.anabranch.format.Decoders;
import org.anabranch.format.RowsBuilder;
import org.anabranch.lake.StreamVersion;
import org.anabranch.sql.Script;
import org.anabranch.view.StreamDefinition;
import org.junit.jupiter.api.Test;

/** What a position meant when it was appended it means for every later version of the program. */
class StoredVersionsTest {
  private static final String SQL =
      "CREATE STREAM s (id INTEGER, x VARCHAR WITH ('field' = 'items[0].name'))";
  private static final String EVENT =
      "{\"id\":1,\"items[0]\":{\"name\":\"literal\"},\"items\":[{\"name\":\"element\"}]}";

  private static StreamDefinition stored(String sql, boolean points) {
    return new Definitions().stream(new StreamVersion(1, sql, Map.of(), 0, points));
  }

  private static Object value(StreamDefinition stream) {
    RowsBuilder rows = new RowsBuilder(stream);
    byte[] event = EVENT.getBytes(StandardCharsets.UTF_8);
    assertNull(Decoders.of(stream).decode(event, 0, event.length, "", rows));
    return rows.vectors().get(1).get(0);
  }

  @Test
  void aPathThatIsReadOtherwiseTodayDecidesOtherwiseSoThatItIsANewVersion() throws Exception {
    StreamDefinition declared = Script.readStream(SQL);
    assertEquals("element", value(declared));
    assertEquals("literal", value(stored(SQL, true)));
    assertFalse(StoredVersions.decidesAlike(stored(SQL, true), declared));
    assertTrue(StoredVersions.decidesAlike(stored(SQL, false), declared));
  }

  @Test
  void aPathThatMeansTheSameTodayIsNoNewVersion() throws Exception {
    String sql = SQL.replace("items[0].name", "items.name");
    assertTrue(StoredVersions.decidesAlike(stored(sql, true), Script.readStream(sql)));
  }

  @Test
  void whatIsRefusedTodayOpensADirectoryAllTheSame() {
    assertEquals(2, stored(SQL.replace("items[0].name", "items[x"), true).schema().size());
    assertEquals(2, stored(SQL.replace("items[0].name", "labels.\"a.b"), true).schema().size());
  }

  @Test
  void aViewOverAStoredStreamIsReadOverWhatItMeant() {
    String view = "CREATE VIEW v AS SELECT x, COUNT(*) AS c FROM s GROUP BY x";
    StreamDefinition stream = stored(SQL.replace("items[0].name", "items[x"), true);
    assertTrue(new Definitions().view(stream, view).isPresent());
  }
}
