// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that a logger is told while this is open, at any level. */
final class LoggedLines extends Handler implements AutoCloseable {
  private final Logger logger;
  private final Level level;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  LoggedLines(Logger logger) {
    this.logger = logger;
    this.level = logger.getLevel();
    setLevel(Level.ALL);
    setFormatter(new SimpleFormatter());
    logger.addHandler(this);
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.ALL);
  }

  @Override
  public void publish(LogRecord record) {
    lines.add(getFormatter().format(record));
  }

  boolean contains(String text) {
    return lines.stream().anyMatch(line -> line.contains(text));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
    logger.setLevel(level);
  }
}
