// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving.process;

/**
 * One message between the server and a query process. On the wire: the kind's name, the content's
 * length in four bytes, the content.
 *
 * @param kind what it is
 * @param content its bytes, see {@link FrameReader}
 */
public record Frame(Kind kind, byte[] content) {
  /** Changes whenever a kind or its content does. */
  public static final int VERSION = 1;

  /**
   * The most bytes of a frame. Blocks of rows are far smaller; only a single row can be that large.
   */
  public static final int MOST_BYTES = 64 << 20;

  /** What a frame is, in the order of a conversation. */
  public enum Kind {
    /** To the process, first: version, memory in megabytes and threads of its databases. */
    HELLO,
    /** From the process: version; it takes statements. */
    READY,
    /** To the process: the text of a statement. */
    STATEMENT,
    /** From the process: the name of a relation it wants to know. */
    WANTED,
    /** To the process: the wanted relation's own name and its schema. */
    RELATION,
    /** To the process: there is no such relation; the names of those there are. */
    UNKNOWN,
    /** From the process: the statement is let through; its relations, each with its table. */
    NEEDED,
    /** To the process: files it may read for this statement, and the tables that they are. */
    FILES,
    /** To the process: name and schema of a table, whose rows follow. */
    TABLE,
    /** Both ways: rows, see the schema sent before. */
    ROWS,
    /** To the process: the table has no more rows. */
    TABLE_END,
    /** From the process: it has the files or the table. */
    LOADED,
    /** To the process: what the tables are called, milliseconds left, the most rows. */
    RUN,
    /** From the process: the schema of the answer. */
    COLUMNS,
    /** From the process: the statement is over. */
    DONE,
    /** From the process: the statement is over without (more of) an answer; reason and message. */
    PROBLEM,
    /** To the process: nobody wants the answer any more. */
    CANCEL,
    /** To the process, between statements: the name of a table that is not needed any more. */
    DROP
  }

  /** A reader of the content. */
  public FrameReader reader() {
    return new FrameReader(content);
  }
}
