// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.List;
import java.util.Map;
import org.anabranch.view.Type;

/** Reads types as SQL writes them. */
final class TypeReader {
  private static final List<String> SUPPORTED =
      List.of("BOOLEAN", "INTEGER", "BIGINT", "DOUBLE", "DECIMAL", "VARCHAR", "DATE", "TIMESTAMP");

  private static final Map<String, Type> PLAIN =
      Map.ofEntries(
          Map.entry("BOOLEAN", Type.BOOLEAN),
          Map.entry("BOOL", Type.BOOLEAN),
          Map.entry("INTEGER", Type.INTEGER),
          Map.entry("INT", Type.INTEGER),
          Map.entry("INT4", Type.INTEGER),
          Map.entry("BIGINT", Type.BIGINT),
          Map.entry("INT8", Type.BIGINT),
          Map.entry("FLOAT8", Type.DOUBLE),
          Map.entry("TEXT", Type.VARCHAR),
          Map.entry("DATE", Type.DATE),
          Map.entry("TIMESTAMPTZ", Type.INSTANT));

  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("SMALLINT", "write INTEGER"),
          Map.entry("INT2", "write INTEGER"),
          Map.entry("TINYINT", "write INTEGER"),
          Map.entry("HUGEINT", "write DECIMAL(38, 0)"),
          Map.entry("SERIAL", "write BIGINT"),
          Map.entry("REAL", "write DOUBLE"),
          Map.entry("FLOAT", "write DOUBLE"),
          Map.entry("FLOAT4", "write DOUBLE"),
          Map.entry("MONEY", "write DECIMAL(p, s)"),
          Map.entry("NUMBER", "write DECIMAL(p, s)"),
          Map.entry("CHAR", "write VARCHAR: texts are not padded"),
          Map.entry("CHARACTER", "write VARCHAR: texts are not padded"),
          Map.entry("STRING", "write VARCHAR"),
          Map.entry("CLOB", "write VARCHAR"),
          Map.entry("UUID", "write VARCHAR"),
          Map.entry("ENUM", "write VARCHAR and CHECK (column IN (...))"),
          Map.entry("JSON", "write VARCHAR, or a column for each field with WITH ('field'='a.b')"),
          Map.entry("JSONB", "write VARCHAR, or a column for each field with WITH ('field'='a.b')"),
          Map.entry(
              "VARIANT", "write VARCHAR, or a column for each field with WITH ('field'='a.b')"),
          Map.entry("BYTEA", "there is no binary type: write VARCHAR for text"),
          Map.entry("BLOB", "there is no binary type: write VARCHAR for text"),
          Map.entry("BYTES", "there is no binary type: write VARCHAR for text"),
          Map.entry("BINARY", "there is no binary type: write VARCHAR for text"),
          Map.entry("VARBINARY", "there is no binary type: write VARCHAR for text"),
          Map.entry("TIME", "write VARCHAR, or TIMESTAMP(3) for a date with a time"),
          Map.entry("DATETIME", "write TIMESTAMP(3) or TIMESTAMP(6)"),
          Map.entry("TIMESTAMP_LTZ", "write TIMESTAMP(3) WITH TIME ZONE"),
          Map.entry("TIMESTAMP_TZ", "write TIMESTAMP(3) WITH TIME ZONE"),
          Map.entry("INTERVAL", "write BIGINT for a duration in milliseconds"),
          Map.entry("ARRAY", "nested types are not supported: declare a column for each field"),
          Map.entry("MAP", "nested types are not supported: declare a column for each field"),
          Map.entry("ROW", "nested types are not supported: declare a column for each field"),
          Map.entry("STRUCT", "nested types are not supported: declare a column for each field"),
          Map.entry("MULTISET", "nested types are not supported: declare a column for each field"));

  private TypeReader() {}

  /** Reads one type. */
  static Type read(TokenCursor cursor) throws SyntaxException {
    Token name = cursor.peek();
    Type type = name.kind() == Token.Kind.WORD ? named(cursor.next(), cursor) : null;
    if (type == null) {
      throw new SyntaxException(
          name.span(), "expected a type, not " + name.shown(), typeHint(name));
    }
    if (cursor.peek().isWord("ARRAY") || cursor.peek().isWord("MULTISET")) {
      throw refused(name.span().to(cursor.peek().span()), cursor.peek().upper());
    }
    return type;
  }

  private static String typeHint(Token name) {
    String near = Suggestion.didYouMean(name.text(), SUPPORTED);
    return near.isEmpty()
        ? "types are BOOLEAN, INTEGER, BIGINT, DOUBLE, DECIMAL(p, s), VARCHAR, DATE,"
            + " TIMESTAMP(3), TIMESTAMP(6), TIMESTAMP(3) WITH TIME ZONE,"
            + " TIMESTAMP(6) WITH TIME ZONE"
        : near;
  }

  private static Type named(Token name, TokenCursor cursor) throws SyntaxException {
    String upper = name.upper();
    if (isVarying(name, cursor)) {
      cursor.next();
      return varchar(name, cursor);
    }
    if (REFUSED.containsKey(upper)) {
      throw refused(name.span(), upper);
    }
    return switch (upper) {
      case "DOUBLE" -> {
        cursor.accept("PRECISION");
        yield Type.DOUBLE;
      }
      case "DECIMAL", "NUMERIC", "DEC" -> decimal(name, cursor);
      case "VARCHAR" -> varchar(name, cursor);
      case "TIMESTAMP" -> timestamp(name, cursor);
      default -> PLAIN.get(upper);
    };
  }

  private static boolean isVarying(Token name, TokenCursor cursor) {
    return name.isWord(java.util.Set.of("CHARACTER", "CHAR")) && cursor.peek().isWord("VARYING");
  }

  private static SyntaxException refused(Span span, String type) {
    return new SyntaxException(span, "type " + type + " is not supported", REFUSED.get(type));
  }

  private static Type decimal(Token name, TokenCursor cursor) throws SyntaxException {
    if (!cursor.peek().isSymbol("(")) {
      throw new SyntaxException(
          name.span(),
          "type " + name.upper() + " without precision is not supported",
          "write DECIMAL(p, s): p digits, s of them after the point, p at most "
              + Type.MAX_PRECISION);
    }
    cursor.next();
    int precision = number(cursor);
    int scale = cursor.acceptSymbol(",") ? number(cursor) : 0;
    Token close = cursor.expectSymbol(")", "");
    Span span = name.span().to(close.span());
    if (precision < 1 || precision > Type.MAX_PRECISION) {
      throw new SyntaxException(
          span,
          "DECIMAL has 1 to " + Type.MAX_PRECISION + " digits, not " + precision,
          "write DECIMAL(" + Type.MAX_PRECISION + ", s), or DOUBLE");
    }
    if (scale > precision) {
      throw new SyntaxException(span, "scale " + scale + " is larger than precision " + precision);
    }
    return Type.decimal(precision, scale);
  }

  private static Type varchar(Token name, TokenCursor cursor) throws SyntaxException {
    if (cursor.acceptSymbol("(")) {
      int length = number(cursor);
      Token close = cursor.expectSymbol(")", "");
      throw new SyntaxException(
          name.span().to(close.span()),
          "VARCHAR with a length is not supported",
          "write VARCHAR; limit a column by CHECK (CHAR_LENGTH(column) <= "
              + length
              + "), a value by SUBSTRING(value, 1, "
              + length
              + ")");
    }
    return Type.VARCHAR;
  }

  private static Type timestamp(Token name, TokenCursor cursor) throws SyntaxException {
    boolean micros = isMicros(name, cursor);
    Type type = zoned(cursor, micros);
    return micros ? type.inMicros() : type;
  }

  /** Reads the digits of a second, 3 where there are none. */
  private static boolean isMicros(Token name, TokenCursor cursor) throws SyntaxException {
    if (!cursor.acceptSymbol("(")) {
      return false;
    }
    int digits = number(cursor);
    Token close = cursor.expectSymbol(")", "");
    if (digits != 3 && digits != 6) {
      throw new SyntaxException(
          name.span().to(close.span()),
          "TIMESTAMP(" + digits + ") is not supported: times are kept in milli- or microseconds",
          digits > 6
              ? "write TIMESTAMP(6); WITH ('excess_precision' = 'truncate') takes finer times"
              : digits > 3 ? "write TIMESTAMP(6)" : "write TIMESTAMP(3)");
    }
    return digits == 6;
  }

  private static Type zoned(TokenCursor cursor, boolean micros) throws SyntaxException {
    if (cursor.peek().isWord("WITHOUT")) {
      readZone(cursor);
      return Type.TIMESTAMP;
    }
    if (cursor.peek().isWord("WITH") && cursor.peek(1).isWord("LOCAL")) {
      throw new SyntaxException(
          cursor.peek().span().to(cursor.peek(1).span()),
          "WITH LOCAL TIME ZONE is not supported",
          "write TIMESTAMP(" + (micros ? 6 : 3) + ") WITH TIME ZONE: it is kept as an instant");
    }
    if (cursor.peek().isWord("WITH") && cursor.peek(1).isWord("TIME")) {
      readZone(cursor);
      return Type.INSTANT;
    }
    return Type.TIMESTAMP;
  }

  private static void readZone(TokenCursor cursor) throws SyntaxException {
    cursor.next();
    cursor.expect("TIME", "write TIME ZONE");
    cursor.expect("ZONE", "write TIME ZONE");
  }

  private static int number(TokenCursor cursor) throws SyntaxException {
    Token token = cursor.next();
    if (token.kind() != Token.Kind.INTEGER || token.text().length() > 6) {
      throw new SyntaxException(token.span(), "expected a number, not " + token.shown());
    }
    return Integer.parseInt(token.text());
  }
}
