// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

/** Decodes one CSV row by a header; an empty unquoted field is NULL, an empty quoted one is ''. */
final class CsvDecoder implements RowDecoder {
  private final StreamReaders columns;
  private final CsvHeader header;
  private final CsvFields fields;
  private final boolean keepsUnknown;

  /** The header's names that no column reads, null elsewhere. */
  private final UnknownName[] unknownNames;

  CsvDecoder(StreamReaders columns, CsvHeader header, CsvStyle style) {
    this.columns = columns;
    this.header = header;
    this.fields = new CsvFields(style);
    this.keepsUnknown = columns.stream.keepsUnknown();
    this.unknownNames = new UnknownName[header.size()];
    for (int i = 0; i < unknownNames.length; i++) {
      unknownNames[i] = header.column(i) < 0 ? new UnknownName(header.name(i)) : null;
    }
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RowsBuilder rows) {
    fields.split(bytes, offset, length);
    if (fields.count() != header.size()) {
      throw new Rejected(
          "syntax",
          "",
          "Cannot read a CSV row of " + fields.count() + " fields: expected " + header.size());
    }
    JsonMembers rest = null;
    long unknown = 0;
    for (int i = 0; i < header.size(); i++) {
      int column = header.column(i);
      if (column >= 0) {
        read(i, columns.readers[column], rows.vector(column));
        continue;
      }
      unknown++;
      unknown(i, rows);
      JsonScanner.checkLength(fields.to(i) - fields.from(i), "");
      if (keepsUnknown) {
        rest = rest == null ? new JsonMembers() : rest;
        rest.put(StreamReaders.utf8(header.name(i)), asJson(i));
      }
    }
    columns.fillMissing(rows);
    columns.fillRest(rest, rows);
    rows.addUnknownFields(unknown);
  }

  private void unknown(int field, RowsBuilder rows) {
    if (columns.refusesUnknown()) {
      throw columns.unknown(header.name(field));
    }
    if (rows.namesUnknown()) {
      rows.nameUnknown(unknownNames[field]);
    }
  }

  private void read(int field, ColumnReader reader, org.anabranch.view.Vector out) {
    byte[] bytes = fields.bytes(field);
    int from = fields.from(field);
    int to = fields.to(field);
    if (isNull(field) || (!fields.isQuoted(field) && reader.isNullToken(bytes, from, to))) {
      reader.readNull(out);
    } else {
      reader.readText(bytes, from, to, out);
    }
  }

  private boolean isNull(int field) {
    return !fields.isQuoted(field) && fields.from(field) == fields.to(field);
  }

  private byte[] asJson(int field) {
    ByteSink out = new ByteSink();
    if (isNull(field)) {
      out.add("null");
    } else {
      JsonText.quote(fields.bytes(field), fields.from(field), fields.to(field), out);
    }
    return out.toBytes();
  }
}
