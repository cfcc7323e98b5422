// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.anabranch.sql.Script;
import org.anabranch.sql.ScriptException;

/** The SQL file of a pipeline. */
final class PipelineFile {
  private PipelineFile() {}

  static Script read(Path file) {
    try {
      return Script.parse(file.toString(), Files.readString(file));
    } catch (ScriptException e) {
      throw new CommandException(ExitCode.FAILED, e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new CommandException(
          ExitCode.FAILED, "Cannot read " + file + ": there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new CommandException(ExitCode.FAILED, "Cannot read " + file + ": it is not UTF-8", e);
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, "Cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
