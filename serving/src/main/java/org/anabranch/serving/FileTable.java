// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.anabranch.serving.process.FrameReader;
import org.anabranch.serving.process.FrameWriter;
import org.anabranch.view.Schema;

/**
 * Rows in files under the name that a query has for them.
 *
 * @param name the name
 * @param schema the columns
 * @param files absolute paths of Parquet files
 * @param namesInFiles what each column is called there
 */
record FileTable(String name, Schema schema, List<Path> files, List<String> namesInFiles) {
  FileTable {
    files = List.copyOf(files);
    namesInFiles = List.copyOf(namesInFiles);
  }

  static FileTable of(String name, Schema schema, FilePin pin) {
    List<String> names = schema.names().stream().map(pin::nameInFile).toList();
    return new FileTable(name, schema, pin.files(), names);
  }

  void write(FrameWriter out) {
    out.text(name).schema(schema);
    out.texts(files.stream().map(Path::toString).toList());
    out.texts(namesInFiles);
  }

  static FileTable read(FrameReader in) {
    return new FileTable(
        in.text(), in.schema(), in.texts().stream().map(Path::of).toList(), in.texts());
  }

  static void write(List<FileTable> tables, FrameWriter out) {
    out.number(tables.size());
    tables.forEach(table -> table.write(out));
  }

  static List<FileTable> readAll(FrameReader in) {
    List<FileTable> tables = new ArrayList<>();
    IntStream.range(0, in.number()).forEach(i -> tables.add(read(in)));
    return tables;
  }
}
