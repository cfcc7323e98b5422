// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.anabranch.architecture.Architecture;
import org.anabranch.architecture.Pipeline;
import org.anabranch.architecture.PipelineSettings;
import org.anabranch.sql.Script;

/** A pipeline and its server, ready to be asked. */
final class Served implements AutoCloseable {
  static final String SQL =
      """
      CREATE STREAM s (n BIGINT);
      CREATE STREAM lines (line VARCHAR) WITH ('format' = 'regex', 'pattern' = '(?<line>.*)');
      CREATE VIEW v AS SELECT n, COUNT(*) AS c FROM s GROUP BY n;
      """;

  private final Pipeline pipeline;
  private final HttpServer server;
  private final Client client;

  private Served(Pipeline pipeline, HttpServer server) {
    this.pipeline = pipeline;
    this.server = server;
    this.client = new Client(server.url());
  }

  /**
   * Starts both.
   *
   * @param idleMillis how long a connection may be silent
   */
  static Served start(Path directory, long idleMillis) throws Exception {
    return start(directory, idleMillis, SQL);
  }

  static Served start(Path directory, long idleMillis, String sql) throws Exception {
    return start(PipelineSettings.in(directory), idleMillis, sql);
  }

  static Served start(PipelineSettings settled, long idleMillis) throws Exception {
    return start(settled, idleMillis, SQL);
  }

  private static Served start(PipelineSettings settled, long idleMillis, String sql)
      throws Exception {
    Path directory = settled.data();
    Pipeline pipeline =
        Pipeline.start(Architecture.of("lambda"), Script.parse("test.sql", sql), settled);
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            false,
            20 << 20,
            16 << 10,
            2_000,
            64,
            idleMillis,
            1 << 30,
            directory.resolve("scratch"));
    Served served = new Served(pipeline, HttpServer.start(settings, () -> Optional.of(pipeline)));
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (!served.client.isReady()) {
      assertTrue(Instant.now().isBefore(deadline), "not ready");
    }
    return served;
  }

  /** How many queries in SQL may still start. */
  int freeQueries() {
    return pipeline.serving().sql().freePlaces();
  }

  Client client() {
    return client;
  }

  RawClient raw() throws IOException {
    return new RawClient(server.port());
  }

  @Override
  public void close() throws IOException {
    server.close();
    pipeline.close();
  }
}
