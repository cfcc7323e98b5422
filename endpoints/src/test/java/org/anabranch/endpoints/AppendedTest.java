// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anabranch.format.UnknownFields;
import org.anabranch.ingest.Acknowledgement;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** An acknowledgement arrives, and where it cannot, the answer says that the events are there. */
final class AppendedTest {
  private static Acknowledgement acknowledgement(int lanes, int events) {
    Random random = new Random(1);
    Coverage.Builder coverage = new Coverage.Builder();
    long[] next = new long[lanes];
    for (int event = 0; event < events; event++) {
      int lane = random.nextInt(lanes);
      next[lane] += 2 + random.nextInt(63);
      coverage.add(
          new Lane("mZ3kq0lTQe-8Gg1vYcXb4A", 0, lane), new Range(next[lane] - 1, next[lane]));
    }
    return new Acknowledgement(
        "s", coverage.build(), events, 0, List.of(), false, UnknownFields.NONE, java.util.Map.of());
  }

  private static RawClient.Answer sent(Reply reply) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, 1, 1);
    server.addConnector(connector);
    server.setErrorHandler(new ProblemPages());
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            Sender.send(request, response, reply, callback);
            return true;
          }
        });
    server.start();
    try (RawClient raw = new RawClient(connector.getLocalPort())) {
      return raw.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").read();
    } finally {
      server.stop();
    }
  }

  /**
   * 64 connections at once, each with a body over 64 lanes whose events lie between the others'.
   */
  @Test
  void theHeaderOfABodyThatInterleavesWithSixtyThreeOthersIsSmall() {
    String token = acknowledgement(64, 10_000).receipt().token();
    assertTrue(token.length() < 800, "it has " + token.length() + " characters");
    assertTrue(
        acknowledgement(1_000, 100_000).receipt().token().length() <= Receipts.LONGEST_HEADER);
  }

  @Test
  void anAcknowledgementThatCannotBeSentSaysThatTheEventsAreThere() throws Exception {
    Acknowledgement acknowledged = acknowledgement(2, 10);
    Reply reply =
        Reply.of(200, "application/json", Map.of("Receipt", "r".repeat(1 << 20)), new byte[2])
            .or(EventRoutes.appended(acknowledged, false));
    RawClient.Answer answer = sent(reply);
    assertEquals(500, answer.status());
    assertTrue(answer.isProblem() && answer.whole());
    assertTrue(answer.body().contains("The log has all events of the request (10"), answer.body());
    assertTrue(answer.body().contains("do not send the events again"), answer.body());
    assertFalse(answer.headers().containsKey("receipt"));
  }
}
