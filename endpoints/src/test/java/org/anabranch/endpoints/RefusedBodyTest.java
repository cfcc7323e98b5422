// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A client that writes its whole body before it reads anything learns why it was refused. The
 * pipeline has not started here, so that every event is refused.
 */
final class RefusedBodyTest {
  private static final int LIMIT = 1 << 20;

  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1", 0, false, LIMIT, 16 << 10, 10, 8, 30_000, 1 << 20, Path.of("target"));
    server = HttpServer.start(settings, Optional::empty);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Socket send(long length, String header) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(30_000);
    socket
        .getOutputStream()
        .write(
            ("POST /v1/streams/s/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n"
                    + header
                    + "Content-Length: "
                    + length
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static void write(Socket socket, long length) throws IOException {
    OutputStream out = socket.getOutputStream();
    byte[] block = new byte[1 << 16];
    for (long left = length; left > 0; left -= block.length) {
      out.write(block, 0, (int) Math.min(left, block.length));
    }
  }

  private static String status(Socket socket) throws IOException {
    InputStreamReader text =
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
    return new BufferedReader(text).readLine();
  }

  @Test
  void theAnswerArrivesThoughTheBodyWasWrittenFirst() throws Exception {
    for (int trial = 0; trial < 20; trial++) {
      long length = 3L * LIMIT;
      try (Socket socket = send(length, "")) {
        write(socket, length);
        assertEquals("HTTP/1.1 503 Service Unavailable", status(socket));
      }
    }
  }

  @Test
  void whoAsksBeforeSendingIsRefusedAtOnce() throws Exception {
    try (Socket socket = send(3L * LIMIT, "Expect: 100-continue\r\n")) {
      assertEquals("HTTP/1.1 503 Service Unavailable", status(socket));
    }
  }

  @Test
  void aBodyWithoutBoundsIsCutOff() throws Exception {
    long length = 1L << 40;
    try (Socket socket = send(length, "")) {
      IOException cut = assertThrows(IOException.class, () -> write(socket, length));
      assertTrue(cut.getMessage() != null, cut.toString());
    }
  }
}
