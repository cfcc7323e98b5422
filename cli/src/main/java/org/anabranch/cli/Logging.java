// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log on standard error: warnings of our own and errors of others, unless asked for more. */
final class Logging {
  /** Held, because the logging system forgets loggers that nobody holds. */
  private static final Logger ROOT = Logger.getLogger("");

  private static final Logger OURS = Logger.getLogger("org.anabranch");

  private Logging() {}

  static void start(boolean verbose) {
    LogManager.getLogManager().reset();
    Handler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    handler.setFormatter(new Line(verbose));
    if (!verbose) {
      handler.setFilter(new BrokerNoise());
    }
    ROOT.addHandler(handler);
    ROOT.setLevel(verbose ? Level.WARNING : Level.SEVERE);
    OURS.setLevel(verbose ? Level.FINE : Level.WARNING);
  }

  /** One line a record; where it comes from only on request. */
  private static final class Line extends Formatter {
    private final boolean traces;

    Line(boolean traces) {
      this.traces = traces;
    }

    @Override
    public String format(LogRecord record) {
      Instant instant = record.getInstant();
      String time =
          LocalTime.ofInstant(instant, ZoneId.systemDefault())
              .truncatedTo(ChronoUnit.SECONDS)
              .toString();
      Throwable thrown = record.getThrown();
      String text = time + " " + record.getLevel().getName() + " " + formatMessage(record);
      if (thrown == null) {
        return text + "\n";
      }
      return traces ? text + "\n" + trace(thrown) : text + ": " + thrown.getMessage() + "\n";
    }

    private static String trace(Throwable thrown) {
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text, true));
      return text.toString();
    }
  }
}
