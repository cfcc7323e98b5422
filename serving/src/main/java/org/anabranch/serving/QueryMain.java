// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.anabranch.serving.process.FrameChannel;
import org.anabranch.serving.process.Scratch;
import org.anabranch.view.Clock;

/**
 * A query process. It takes statements from the server that started it, one at a time, and ends
 * when the server does, however that ends: its input is over then.
 */
// The server reads what is printed when the process has ended.
@SuppressWarnings("CatchAndPrintStackTrace")
public final class QueryMain {
  private QueryMain() {}

  /**
   * Runs until the input ends.
   *
   * @param arguments the directory that all query processes of the server have on disk
   */
  public static void main(String[] arguments) {
    int code = 1;
    try {
      // Frames go out through the descriptor; whatever else is printed does not.
      FrameChannel server =
          new FrameChannel(
              new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
      System.setOut(System.err);
      serve(server);
    } catch (EOFException e) {
      code = removed(Path.of(arguments[0]));
    } catch (IOException | InterruptedException | RuntimeException e) {
      e.printStackTrace();
    } finally {
      // What runs in native code does not hear of an end.
      Runtime.getRuntime().halt(code);
    }
  }

  private static void serve(FrameChannel server) throws IOException, InterruptedException {
    Inbox inbox = new Inbox();
    QueryWorker worker = new QueryWorker(server, inbox, new ThreadWatchdog(), Clock.SYSTEM);
    DeepStack.start(
        () -> {
          try {
            worker.run();
          } catch (Throwable e) {
            e.printStackTrace();
          } finally {
            Runtime.getRuntime().halt(1);
          }
        });
    while (true) {
      inbox.put(server.receive());
    }
  }

  /** Nobody else is left who could clean up. */
  private static int removed(Path directory) {
    try {
      Scratch.remove(directory);
      return 0;
    } catch (IOException e) {
      e.printStackTrace();
      return 1;
    }
  }
}
