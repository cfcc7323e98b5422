// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Functions of rows that other systems have, with what to write instead, everywhere alike. */
public final class FunctionAdvice {
  private static final String REGEX =
      "there are no regular expressions: write LIKE, STARTS_WITH, SPLIT_PART or SUBSTRING";

  private static final Map<String, String> ADVICE = advice();

  private FunctionAdvice() {}

  /** What to write instead of a function, if it is a known one that is none of ours. */
  public static Optional<String> of(String name) {
    return Optional.ofNullable(ADVICE.get(name.toUpperCase(Locale.ROOT)));
  }

  private static Map<String, String> advice() {
    Map<String, String> advice = new HashMap<>();
    texts(advice);
    times(advice);
    others(advice);
    return Map.copyOf(advice);
  }

  private static void texts(Map<String, String> advice) {
    put(advice, "write CHAR_LENGTH(x)", "LEN OCTET_LENGTH BIT_LENGTH STRLEN");
    put(advice, "write SUBSTRING(x, start, length)", "MID OVERLAY");
    put(advice, "write POSITION(part IN text)", "CHARINDEX LOCATE");
    put(advice, "write POSITION(part IN text) > 0, or LIKE", "CONTAINS");
    put(advice, "write RIGHT(x, n) = 'text', or LIKE '%text'", "ENDS_WITH SUFFIX");
    put(advice, "write a || b: null if either is null", "CONCAT_WS");
    put(advice, "write UPPER or LOWER", "INITCAP");
    put(advice, "write SPLIT_PART(text, separator, place)", "SPLIT STRING_SPLIT STRING_TO_ARRAY");
    put(advice, "write REPLACE", "TRANSLATE");
    put(advice, "write UPPER(x)", "UCASE");
    put(advice, "write LOWER(x)", "LCASE");
    put(
        advice,
        REGEX,
        "REGEXP_LIKE REGEXP_MATCHES REGEXP_MATCH REGEXP_FULL_MATCH REGEXP_EXTRACT REGEXP_SUBSTR"
            + " REGEXP_COUNT REGEXP_INSTR REGEXP_EXTRACT_ALL REGEXP_SPLIT_TO_ARRAY"
            + " REGEXP_SPLIT_TO_TABLE");
    put(advice, REGEX + "; REPLACE takes a fixed text", "REGEXP_REPLACE");
    put(advice, "write a text of your own: there are no digests", "MD5 SHA1 SHA256 CRC32 HASH");
  }

  private static void times(Map<String, String> advice) {
    put(advice, "write EXTRACT(EPOCH FROM x)", "UNIX_TIMESTAMP EPOCH EPOCH_MS TO_UNIXTIME");
    put(advice, "write EXTRACT(unit FROM x)", "SECOND");
    put(advice, "write EXTRACT(DOW FROM x)", "DAYOFWEEK");
    put(advice, "write EXTRACT(DOY FROM x)", "DAYOFYEAR");
    put(advice, "write FLOOR(x TO unit)", "TIMESTAMP_TRUNC LAST_DAY TIME_SLICE");
    put(
        advice,
        "write x - y of DATEs, or the difference of EXTRACT(EPOCH FROM ...)",
        "DATE_DIFF DATEDIFF TIMESTAMPDIFF TIMESTAMP_DIFF AGE");
    put(
        advice,
        "write x + INTERVAL '1' DAY",
        "DATE_ADD DATEADD TIMESTAMPADD DATE_SUB TIMESTAMP_ADD ADD_MONTHS");
    put(advice, "write TO_TIMESTAMP(seconds)", "FROM_UNIXTIME");
    put(
        advice,
        "write CAST(x AS TIMESTAMP(3)) or CAST(x AS DATE), or give the column a 'timestamp_format'",
        "TO_DATE STRPTIME PARSE_TIMESTAMP STR_TO_DATE DATE TIMESTAMP TIME DATETIME");
    put(
        advice,
        "write DATE '2001-01-31', or CAST of a text joined by ||",
        "MAKE_DATE MAKE_TIMESTAMP MAKE_TIMESTAMPTZ");
    put(advice, "write TO_CHAR(time, 'YYYY-MM-DD')", "DATE_FORMAT STRFTIME");
    put(advice, "write x AT TIME ZONE 'zone'", "TIMEZONE CONVERT_TIMEZONE CONVERT_TZ");
  }

  private static void others(Map<String, String> advice) {
    put(advice, "write TRY_CAST(x AS type)", "SAFE_CAST");
    put(advice, "write CAST(x AS type)", "CONVERT TO_NUMBER");
    put(advice, "write CAST(x AS VARCHAR), of ROUND(x, digits) if need be", "FORMAT PRINTF");
    put(advice, "write COALESCE(x, y)", "ISNULL");
    put(advice, "write CASE WHEN condition THEN x ELSE y END", "DECODE");
    put(advice, "write TRUNC, FLOOR, CEIL or ROUND", "TRUNCATE");
    put(advice, "write LOG10(x), LN(x), or LN(x) / LN(base)", "LOG LOG2");
    put(advice, "write POWER(x, 1e0 / 3)", "CBRT");
    put(advice, "write FLOOR((x - low) / width)", "WIDTH_BUCKET");
    put(advice, "write x / y, which truncates whole numbers", "DIV");
    put(
        advice,
        "compute it from SQRT, LN, EXP and POWER, or where the answer is read",
        "SIN COS TAN COT ASIN ACOS ATAN ATAN2 PI DEGREES RADIANS FACTORIAL");
    put(
        advice,
        "there are no operations on bits: write MOD(x, 2) for the last",
        "BIT_AND BIT_OR BIT_XOR BITAND BITOR BITXOR BIT_COUNT");
    put(
        advice,
        "nested values are not supported: declare a column for each field",
        "JSON_VALUE JSON_QUERY JSON_EXTRACT JSON_EXTRACT_STRING JSON_EXISTS JSON_OBJECT JSON_ARRAY"
            + " UNNEST CARDINALITY ARRAY MAP MULTISET ROW STRUCT STRUCT_PACK LIST_VALUE");
  }

  private static void put(Map<String, String> advice, String text, String names) {
    List.of(names.split(" ")).forEach(name -> advice.put(name, text));
  }
}
