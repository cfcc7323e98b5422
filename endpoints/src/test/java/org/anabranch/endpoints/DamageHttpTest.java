// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes at rest that are damaged, as a client meets them: named, with a code, never bare. */
final class DamageHttpTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int EVENTS = 500;

  @TempDir Path directory;

  private Path data() {
    return directory.resolve("data");
  }

  private static void fill(Client client) throws Exception {
    String body =
        IntStream.range(0, EVENTS)
            .mapToObj(n -> "{\"n\":" + n + "}")
            .collect(Collectors.joining("\n"));
    client.json(client.append("s", "fill", body));
    await(
        client,
        status -> {
          JsonNode lane = status.at("/streams/0/lanes/0");
          return lane.get("archived").asLong() == EVENTS;
        });
  }

  private interface Condition {
    boolean holds(JsonNode status) throws Exception;
  }

  private static void await(Client client, Condition condition) throws Exception {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (!condition.holds(client.json(client.get("/v1/status")))) {
      assertTrue(Instant.now().isBefore(deadline), "waited in vain");
    }
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 8;
    // In place: what maps the file sees it.
    Files.write(file, bytes, java.nio.file.StandardOpenOption.WRITE);
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(suffix))
          .toList();
    }
  }

  private void assertDamaged(HttpResponse<String> response, String place) throws Exception {
    assertEquals(500, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json",
        response.headers().firstValue("Content-Type").orElse("").split(";", -1)[0]);
    JsonNode problem = MAPPER.readTree(response.body());
    assertEquals("damaged", problem.get("code").asText(), response.body());
    assertTrue(problem.get("detail").asText().contains(place), response.body());
    assertNoPlaceOfTheServer(response.body());
  }

  private void assertNoPlaceOfTheServer(String text) {
    assertFalse(text.contains(directory.toString()), text);
    assertFalse(text.contains("Exception"), text);
  }

  private static HttpResponse<String> sql(Client client, String text) throws Exception {
    return client.post("/v1/sql", "text/plain", text);
  }

  @Test
  void aDamagedFileOfTheLakeIsNamedByQueriesRunsAndStatusWhileViewsAnswer() throws Exception {
    try (Served served = Served.start(data(), 30_000)) {
      Client client = served.client();
      fill(client);
      Path file = files(data().resolve("lake/tables/anabranch/s/data"), ".parquet").get(0);
      flip(file);
      String place = "lake/tables/anabranch/s/data/" + file.getFileName();
      assertDamaged(sql(client, "SELECT SUM(n) AS t FROM s"), place);
      assertEquals(
          202, client.post("/v1/batch", "application/json", "{\"full\":true}").statusCode());
      String[] runs = new String[1];
      await(
          client,
          status -> {
            runs[0] = client.get("/v1/batch").body();
            return runs[0].contains("FAILED");
          });
      assertTrue(runs[0].contains(place), runs[0]);
      assertNoPlaceOfTheServer(runs[0]);
      String status = client.get("/v1/status").body();
      assertTrue(status.contains(place), status);
      assertNoPlaceOfTheServer(status);
      assertEquals(200, client.get("/v1/views/v").statusCode());
      flip(file);
      await(client, now -> sql(client, "SELECT SUM(n) AS t FROM s").statusCode() == 200);
    }
  }

  @Test
  void aSegmentOfWhichBothCopiesAreDamagedIsNamedAndRightAfterARestart() throws Exception {
    String answer;
    try (Served served = Served.start(data(), 30_000)) {
      fill(served.client());
      answer = rows(served.client().get("/v1/views/v"));
    }
    try (Served served = Served.start(data(), 30_000)) {
      for (Path file :
          files(data().resolve("lake/tables/anabranch/s__segments/data"), ".parquet")) {
        flip(file);
      }
      for (Path file : files(data().resolve("lake/segments"), "")) {
        flip(file);
      }
      HttpResponse<String> read = served.client().get("/v1/views/v");
      assertDamaged(read, "lake/");
      assertDamaged(sql(served.client(), "SELECT SUM(c) AS t FROM v"), "lake/");
    }
    try (Served served = Served.start(data(), 30_000)) {
      await(served.client(), status -> served.client().get("/v1/views/v").statusCode() == 200);
      assertEquals(answer, rows(served.client().get("/v1/views/v")));
      assertTrue(
          served.client().get("/v1/status").body().contains("folded again from the history"));
    }
  }

  private static String rows(HttpResponse<String> response) throws IOException {
    assertEquals(200, response.statusCode(), response.body());
    return MAPPER.readTree(response.body()).get("rows").toString();
  }

  @Test
  void aDamagedFileOfTheLogIsNamedByAVerification() throws Exception {
    try (Served served = Served.start(data(), 30_000)) {
      Client client = served.client();
      fill(client);
      flip(data().resolve("log/s-0/00000000000000000000.log"));
      JsonNode found = client.verify(Duration.ofSeconds(60));
      assertEquals("FAILED", found.get("state").asText(), found.toString());
      String problem = found.get("problem").toString();
      assertTrue(problem.contains("s-0"), problem);
      assertTrue(problem.contains("damaged"), problem);
      assertNoPlaceOfTheServer(found.toString());
    }
  }
}
