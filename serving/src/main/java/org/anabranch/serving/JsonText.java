// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;
import org.anabranch.view.Column;
import org.anabranch.view.Standing;
import org.anabranch.view.Type;
import org.anabranch.view.expression.NumberText;
import org.anabranch.view.segment.CellProblem;

/** Answers as JSON. Numbers are exact; NaN and the infinities, which JSON lacks, are strings. */
final class JsonText {
  private JsonText() {}

  static void whole(Answer answer, Writer out) throws IOException {
    StringBuilder text = new StringBuilder("{\"columns\":[");
    List<Column> columns = answer.schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      text.append(i == 0 ? "" : ",").append("{\"name\":");
      Json.writeString(columns.get(i).name(), text);
      text.append(",\"type\":");
      Json.writeString(columns.get(i).type().toString(), text);
      text.append('}');
    }
    text.append("],\"rows\":[");
    String separator = "\n";
    for (Object[] row = answer.next(); row != null; row = answer.next()) {
      object(row, columns, text.append(separator));
      separator = ",\n";
      flush(text, out);
    }
    text.append("],\n\"receipt\":{\"token\":");
    Json.writeString(answer.receipt().token(), text);
    text.append(",\"relations\":[");
    for (int i = 0; i < answer.footings().size(); i++) {
      footing(answer.footings().get(i), text.append(i == 0 ? "" : ","));
    }
    text.append("]}");
    if (!answer.problems().isEmpty()) {
      problems(answer.problems(), text.append(",\n\"problems\":"));
    }
    answer.nextPage().ifPresent(token -> Json.writeString(token, text.append(",\"next\":")));
    flush(text.append("}\n"), out);
  }

  private static void object(Object[] row, List<Column> columns, StringBuilder text) {
    text.append('{');
    for (int i = 0; i < row.length; i++) {
      Json.writeString(columns.get(i).name(), text.append(i == 0 ? "" : ","));
      value(row[i], columns.get(i).type(), text.append(':'));
    }
    text.append('}');
  }

  /** The last line is no row: without it the answer was cut off. */
  static void lines(Answer answer, Writer out) throws IOException {
    List<Column> columns = answer.schema().columns();
    StringBuilder text = new StringBuilder();
    long rows = 0;
    for (Object[] row = answer.next(); row != null; row = answer.next()) {
      object(row, columns, text);
      flush(text.append('\n'), out);
      rows++;
    }
    text.append("{\"complete\":true,\"rows\":").append(rows).append(",\"receipt\":");
    Json.writeString(answer.receipt().token(), text);
    if (!answer.problems().isEmpty()) {
      problems(answer.problems(), text.append(",\"problems\":"));
    }
    answer.nextPage().ifPresent(token -> Json.writeString(token, text.append(",\"next\":")));
    flush(text.append("}\n"), out);
  }

  /** How many cells could not be shown, and the first of them with what to do. */
  static void problems(Problems problems, StringBuilder text) {
    text.append("{\"total\":").append(problems.total()).append(",\"listed\":[");
    String separator = "";
    for (CellProblem problem : problems.listed()) {
      Json.writeString(problem.group(), text.append(separator).append("{\"group\":"));
      Json.writeString(problem.column(), text.append(",\"column\":"));
      Json.writeString(problem.what(), text.append(",\"problem\":"));
      Json.writeString(problem.advice(), text.append(",\"advice\":"));
      text.append('}');
      separator = ",";
    }
    text.append("]}");
  }

  private static void footing(Footing footing, StringBuilder text) {
    Standing standing = footing.standing();
    Json.writeString(footing.relation(), text.append("{\"name\":"));
    Json.writeString(standing.stream(), text.append(",\"stream\":"));
    Json.writeString(standing.frontier().toString(), text.append(",\"frontier\":"));
    Json.writeString(standing.cut().toString(), text.append(",\"cut\":"));
    if (!standing.lost().isEmpty()) {
      Json.writeString(standing.lost().toString(), text.append(",\"lost\":"));
    }
    // Of rows in files only the frontier is known.
    footing
        .tally()
        .ifPresent(
            tally ->
                text.append(",\"accepted\":")
                    .append(standing.ledger().accepted())
                    .append(",\"late\":")
                    .append(standing.ledger().late())
                    .append(",\"quarantined\":")
                    .append(standing.ledger().quarantined())
                    .append(",\"folded\":")
                    .append(tally.folded())
                    .append(",\"filtered\":")
                    .append(tally.filtered())
                    .append(",\"rejected\":")
                    .append(tally.rejected()));
    text.append(",\"asOf\":");
    Json.writeString(ValueText.of(standing.asOf(), Type.INSTANT), text);
    text.append('}');
  }

  private static void value(Object value, Type type, StringBuilder text) {
    if (value == null || value instanceof Boolean) {
      text.append(value);
    } else if (value instanceof BigDecimal decimal) {
      text.append(decimal.toPlainString());
    } else if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
      text.append(NumberText.of(number));
    } else if (value instanceof Long && !type.isTemporal()) {
      text.append(value);
    } else {
      Json.writeString(ValueText.of(value, type), text);
    }
  }

  private static void flush(StringBuilder text, Writer out) throws IOException {
    out.append(text);
    text.setLength(0);
  }
}
