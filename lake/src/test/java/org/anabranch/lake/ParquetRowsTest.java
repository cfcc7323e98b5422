// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.anabranch.view.Rows;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ParquetRowsTest {
  @TempDir Path directory;
  private int files;

  private Path write(String type, List<Consumer<Group>> rows) throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message m { " + type + " }");
    Path file = directory.resolve("f" + files++ + ".parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .build()) {
      for (Consumer<Group> row : rows) {
        Group group = new SimpleGroup(schema);
        row.accept(group);
        writer.write(group);
      }
    }
    return file;
  }

  /** The inferred type and the values of a file with one optional column {@code c}. */
  private List<Object> read(String type, List<Consumer<Group>> rows) throws IOException {
    List<Object> found = new ArrayList<>();
    try (ParquetRows source = ParquetRows.open(write("optional " + type + ";", rows))) {
      found.add(source.schema().column(0).type().toString());
      for (Rows chunk = source.next(); chunk != null; chunk = source.next()) {
        for (int row = 0; row < chunk.size(); row++) {
          found.add(chunk.column(0).get(row));
        }
      }
    }
    return found;
  }

  @Test
  void everyFlatTypeIsInferredAndReadExactly() throws IOException {
    assertEquals(List.of("BOOLEAN", true), read("boolean c", List.of(g -> g.add("c", true))));
    assertEquals(List.of("INTEGER", -5L), read("int32 c", List.of(g -> g.add("c", -5))));
    assertEquals(List.of("INTEGER", 200L), read("int32 c (UINT_8)", List.of(g -> g.add("c", 200))));
    assertEquals(
        List.of("BIGINT", 4_294_967_295L), read("int32 c (UINT_32)", List.of(g -> g.add("c", -1))));
    assertEquals(
        List.of("BIGINT", Long.MIN_VALUE),
        read("int64 c", List.of(g -> g.add("c", Long.MIN_VALUE))));
    assertEquals(
        List.of("DECIMAL(20, 0)", new BigDecimal("18446744073709551615")),
        read("int64 c (UINT_64)", List.of(g -> g.add("c", -1L))));
    assertEquals(List.of("DOUBLE", 0.5), read("float c", List.of(g -> g.add("c", 0.5f))));
    assertEquals(List.of("DOUBLE", 0.1), read("double c", List.of(g -> g.add("c", 0.1))));
    assertEquals(List.of("DATE", -3L), read("int32 c (DATE)", List.of(g -> g.add("c", -3))));
    assertEquals(
        List.of("VARCHAR", "\u00e4\u20ac"),
        read("binary c (UTF8)", List.of(g -> g.add("c", "\u00e4\u20ac"))));
    assertEquals(List.of("VARCHAR", "x"), read("binary c", List.of(g -> g.add("c", "x"))));
    assertEquals(
        List.of("VARCHAR", "00112233-4455-6677-8899-aabbccddeeff"),
        read(
            "fixed_len_byte_array(16) c (UUID)",
            List.of(
                g ->
                    g.add(
                        "c",
                        Binary.fromConstantByteArray(
                            java.util.HexFormat.of()
                                .parseHex("00112233445566778899aabbccddeeff"))))));
  }

  @Test
  void decimalsOfEveryStorageKeepTheirDigits() throws IOException {
    assertEquals(
        List.of("DECIMAL(9, 2)", new BigDecimal("-1.23")),
        read("int32 c (DECIMAL(9,2))", List.of(g -> g.add("c", -123))));
    assertEquals(
        List.of("DECIMAL(18, 0)", new BigDecimal("-123")),
        read("int64 c (DECIMAL(18,0))", List.of(g -> g.add("c", -123L))));
    byte[] wide = new BigInteger("-123456789012345678901234567890").toByteArray();
    assertEquals(
        List.of("DECIMAL(38, 5)", new BigDecimal("-1234567890123456789012345.67890")),
        read(
            "binary c (DECIMAL(38,5))",
            List.of(g -> g.add("c", Binary.fromConstantByteArray(wide)))));
    assertEquals(
        List.of("DECIMAL(6, 1)", new BigDecimal("-25.6")),
        read(
            "fixed_len_byte_array(3) c (DECIMAL(6,1))",
            List.of(g -> g.add("c", Binary.fromConstantByteArray(new byte[] {-1, -1, 0})))));
  }

  @Test
  void timesKeepTheirUnitAndNanosecondsAreText() throws IOException {
    assertEquals(
        List.of("TIMESTAMP(3) WITH TIME ZONE", -1L),
        read("int64 c (TIMESTAMP(MILLIS,true))", List.of(g -> g.add("c", -1L))));
    assertEquals(
        List.of("TIMESTAMP(6)", -2_000L),
        read("int64 c (TIMESTAMP(MICROS,false))", List.of(g -> g.add("c", -2_000L))));
    assertEquals(
        List.of("TIMESTAMP(6) WITH TIME ZONE", 2_001L),
        read("int64 c (TIMESTAMP(MICROS,true))", List.of(g -> g.add("c", 2_001L))));
    assertEquals(
        List.of("VARCHAR", "1970-01-01T00:00:00.007"),
        read("int64 c (TIMESTAMP(NANOS,false))", List.of(g -> g.add("c", 7_000_000L))));
    assertEquals(
        List.of("VARCHAR", "1970-01-01T00:00:00Z"),
        read("int64 c (TIMESTAMP(NANOS,true))", List.of(g -> g.add("c", 0L))));
    assertEquals(
        List.of("VARCHAR", "1969-12-31T23:59:59.999999999Z"),
        read("int64 c (TIMESTAMP(NANOS,true))", List.of(g -> g.add("c", -1L))));
    ByteBuffer old = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    old.putLong(5_000_000).putInt(2_440_589);
    assertEquals(
        List.of("VARCHAR", "1970-01-02T00:00:00.005"),
        read("int96 c", List.of(g -> g.add("c", Binary.fromConstantByteArray(old.array())))));
  }

  @Test
  void nullsAndManyRowsComeInOrder() throws IOException {
    List<Consumer<Group>> rows = new ArrayList<>();
    List<Object> expected = new ArrayList<>(List.of("BIGINT"));
    for (long i = 0; i < 20_000; i++) {
      long value = i;
      boolean isNull = i % 7 == 0;
      rows.add(
          g -> {
            if (!isNull) {
              g.add("c", value);
            }
          });
      expected.add(isNull ? null : value);
    }
    assertEquals(expected, read("int64 c", rows));
  }

  @Test
  void whatCannotBeKeptExactlyIsRefusedWithColumnAndRow() {
    assertRefused(
        "binary c (UTF8)",
        List.of(g -> g.add("c", Binary.fromConstantByteArray(new byte[] {65, -1}))),
        "column 'c', row 0: the bytes are not UTF-8");
  }

  private void assertRefused(String type, List<Consumer<Group>> rows, String part) {
    LakeException refused = assertThrows(LakeException.class, () -> read(type, rows));
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
  }

  @Test
  void columnsThatAreNotSupportedAreNamedAllAtOnce() throws IOException {
    Path file =
        write(
            "required int32 a; optional group b { required int32 x; } repeated int32 r;"
                + " optional int32 t (TIME_MILLIS);",
            List.of(g -> g.add("a", 1)));
    LakeException refused = assertThrows(LakeException.class, () -> ParquetRows.open(file));
    for (String part : List.of("'b' is nested", "'r' is nested", "'t' is stored as")) {
      assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
  }

  @Test
  void whatIsNoParquetFileIsRefused() throws IOException {
    Path text = Files.writeString(directory.resolve("x"), "no parquet at all");
    Path empty = Files.writeString(directory.resolve("e"), "");
    Path sound = write("optional int64 c;", List.of(g -> g.add("c", 1L)));
    byte[] bytes = Files.readAllBytes(sound);
    Path cut = Files.write(directory.resolve("c"), Arrays.copyOf(bytes, bytes.length - 9));
    bytes[bytes.length - 1] = 'E';
    Path encrypted = Files.write(directory.resolve("k"), bytes);
    assertUnreadable(text, "it is not a Parquet file");
    assertUnreadable(empty, "it is not a Parquet file");
    assertUnreadable(cut, "it does not end with PAR1");
    assertUnreadable(encrypted, "it is encrypted");
    assertThrows(LakeException.class, () -> ParquetRows.open(directory.resolve("absent")));
  }

  private static void assertUnreadable(Path file, String part) {
    ParquetFileException refused =
        assertThrows(ParquetFileException.class, () -> readAll(file), file.toString());
    assertTrue(refused.getMessage().startsWith("Cannot read " + file + ": "), refused.toString());
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
  }

  private static void readAll(Path file) throws IOException {
    try (ParquetRows rows = ParquetRows.open(file)) {
      while (rows.next() != null) {
        rows.rows();
      }
    }
  }

  /** Wherever the bytes are wrong, the refusal is ours: no word of the library comes through. */
  @Test
  void damageAnywhereInAFileIsToldInOurWords() throws IOException {
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      String text = "text " + i % 700;
      long number = i * 31L;
      rows.add(g -> g.append("n", number).append("t", text));
    }
    Path file = write("required int64 n; optional binary t (UTF8);", rows);
    byte[] sound = Files.readAllBytes(file);
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      byte[] damaged = sound.clone();
      int near = i % 2 == 0 ? damaged.length : Math.min(damaged.length, 700);
      int at = damaged.length - 1 - random.nextInt(near);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      try {
        readAll(file);
      } catch (LakeException e) {
        String message = e.getMessage().replace(file.toString(), "");
        assertTrue(e.getMessage().contains(file.toString()), message);
        assertFalse(
            message.matches("(?s).*(parquet\\.|[a-z]Exception|java\\.|Required).*"), message);
        refused++;
      }
    }
    assertTrue(refused > 100, "refused " + refused);
  }
}
