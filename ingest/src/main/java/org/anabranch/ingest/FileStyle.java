// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import org.anabranch.format.CsvStyle;

/**
 * The style in which a file of CSV is read, and whether that is the one its header line shows: the
 * delimiter of the stream where the line has it, else the one of the usual delimiters that it has
 * most, else the stream's.
 *
 * @param style what is sent with every piece
 * @param shown whether it is what is read if nobody says otherwise
 */
record FileStyle(CsvStyle style, boolean shown) {
  static FileStyle of(byte[] beginning, FileOptions options) {
    CsvStyle own = options.ofStream();
    CsvStyle shown = own.delimiter(delimiter(beginning, own));
    CsvStyle wanted = options.quoted().map(own::quoted).orElse(own);
    CsvStyle style =
        wanted.delimiter(options.delimiter().orElseGet(() -> delimiter(beginning, wanted)));
    return new FileStyle(style, style.equals(shown));
  }

  private static byte delimiter(byte[] beginning, CsvStyle own) {
    String candidates = (char) own.delimiter() + CsvStyle.USUAL;
    int[] counts = new int[candidates.length()];
    boolean quoted = false;
    boolean inLine = false;
    for (int i = 0; i < beginning.length && !(inLine && !quoted && beginning[i] == '\n'); i++) {
      quoted ^= beginning[i] == '"' && own.quoted();
      inLine |= !FileFormat.isSpace(beginning[i]);
      int which = quoted ? -1 : candidates.indexOf(beginning[i]);
      if (which >= 0) {
        counts[which]++;
      }
    }
    int most = 0;
    for (int i = 1; counts[0] == 0 && i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return (byte) candidates.charAt(most);
  }

  /** How it shows in keys: another reading of the same file is another import. */
  String inKey() {
    return shown ? "" : style.contentType().substring(style.contentType().indexOf(';'));
  }
}
