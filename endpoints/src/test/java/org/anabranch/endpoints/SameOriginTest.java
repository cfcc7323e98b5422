// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of another site, in a browser that reaches the server, cannot act. */
final class SameOriginTest {
  @TempDir static Path directory;

  private static Served served;
  private static List<Route> routes;

  @BeforeAll
  static void start() throws Exception {
    served = Served.start(directory, 30_000);
    Routes table = new Routes(Optional::empty, 1 << 20);
    routes = table.all();
    table.stop();
  }

  @AfterAll
  static void stop() throws Exception {
    served.close();
  }

  private static RawClient.Answer send(Route route, String headers) throws Exception {
    String path = route.path().replace("/streams/{}", "/streams/lines").replace("{}", "v");
    try (RawClient raw = served.raw()) {
      return raw.write(
              route.method()
                  + " "
                  + path
                  + " HTTP/1.1\r\nHost: localhost:8080\r\n"
                  + headers
                  + "Content-Length: 2\r\n\r\n{}")
          .read();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: http://localhost:8081",
        "Origin: http://localhost:8080.evil.example",
        "Origin: http://localhost:8080@evil.example",
        "Origin: nonsense",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Origin: http://localhost:8080\r\nSec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-origin\r\nOrigin: http://evil.example",
      })
  void everyRouteThatIsNoPlainReadRefusesIt(String foreign) throws Exception {
    int acting = 0;
    for (Route route : routes) {
      if (route.method().equals("GET")) {
        continue;
      }
      acting++;
      for (String type :
          List.of(
              "",
              "Content-Type: text/plain\r\n",
              "Content-Type: application/x-www-form-urlencoded\r\n",
              "Content-Type: multipart/form-data; boundary=x\r\n",
              "Content-Type: application/json\r\n")) {
        RawClient.Answer answer = send(route, foreign + "\r\n" + type);
        assertEquals(403, answer.status(), route.path() + " " + type + answer.body());
        assertTrue(answer.body().contains("\"cross-site\""), answer.body());
      }
    }
    assertTrue(acting >= 5, "the walk finds too few routes: " + acting);
    Client client = served.client();
    assertEquals(0, client.json(client.get("/v1/batch")).get("runs").size());
    assertEquals(0, client.json(client.get("/v1/verify")).get("verifications").size());
    String metrics = client.get("/metrics").body();
    assertTrue(metrics.contains("anabranch_accepted_rows_total{stream=\"lines\"} 0\n"), metrics);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Origin: http://localhost:8080\r\n",
        "Origin: http://LOCALHOST:8080\r\nSec-Fetch-Site: same-origin\r\n",
        "Sec-Fetch-Site: none\r\n",
      })
  void programsAndTheServersOwnPagesGoOn(String headers) throws Exception {
    Route sql =
        routes.stream().filter(route -> route.path().equals("/v1/sql")).findFirst().orElseThrow();
    RawClient.Answer answer = send(sql, headers + "Content-Type: application/json\r\n");
    assertNotEquals(403, answer.status());
    assertFalse(answer.body().contains("cross-site"), answer.body());
  }

  @Test
  void whatOnlyReadsIsLeftToTheBrowser() throws Exception {
    for (Route route : routes) {
      if (route.method().equals("GET")) {
        RawClient.Answer answer = send(route, "Origin: http://evil.example\r\n");
        assertNotEquals(403, answer.status(), route.path());
      }
    }
  }
}
