// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.anabranch.architecture.Architecture;
import org.anabranch.architecture.Pipeline;
import org.anabranch.architecture.PipelineSettings;
import org.anabranch.sql.Script;

/** The real thing in a process of its own, to be killed: prints its URL and serves until then. */
public final class ChildServer {
  private ChildServer() {}

  /** Arguments: architecture, SQL file, data directory. */
  public static void main(String[] arguments) throws Exception {
    AtomicReference<Pipeline> running = new AtomicReference<>();
    HttpServer server =
        HttpServer.start(HttpSettings.on("127.0.0.1", 0), () -> Optional.ofNullable(running.get()));
    System.out.println("URL " + server.url());
    System.out.flush();
    Path sql = Path.of(arguments[1]);
    PipelineSettings settings = PipelineSettings.in(Path.of(arguments[2])).hasty(200);
    try {
      running.set(
          Pipeline.start(
              Architecture.of(arguments[0]),
              Script.parse(sql.getFileName().toString(), Files.readString(sql)),
              settings));
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
    System.in.read();
    server.close();
    running.get().close();
  }
}
