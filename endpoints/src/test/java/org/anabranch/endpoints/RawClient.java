// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Speaks bytes to a server, and sees what a client's library would hide. */
final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    this.in = new java.io.BufferedInputStream(socket.getInputStream(), 1 << 10);
  }

  /**
   * An answer.
   *
   * @param status of the first line
   * @param headers by their names in lower case
   * @param body what came of it
   * @param whole whether all came that was announced, by length or by a last chunk
   */
  record Answer(int status, Map<String, String> headers, String body, boolean whole) {
    boolean isProblem() {
      return "application/problem+json".equals(headers.get("content-type"));
    }
  }

  RawClient write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Writes a byte now and then until an answer begins or the connection ends. */
  RawClient trickle(char what, int everyMillis) throws IOException {
    socket.setSoTimeout(everyMillis);
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (System.nanoTime() < deadline) {
      write(String.valueOf(what));
      try {
        awaitFirstByte();
        socket.setSoTimeout(60_000);
        return this;
      } catch (SocketTimeoutException nothingYet) {
        // The next byte follows.
      }
    }
    throw new IOException("no answer within a minute");
  }

  /** Says that nothing more will come. */
  RawClient finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Waits until an answer has begun, and takes nothing of it. */
  void awaitFirstByte() throws IOException {
    in.mark(1);
    in.read();
    in.reset();
  }

  Answer read() throws IOException {
    String[] first = line(in).split(" ", 3);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int status = Integer.parseInt(first[1]);
    if (headers.containsKey("content-length")) {
      int announced = Integer.parseInt(headers.get("content-length"));
      byte[] body = in.readNBytes(announced);
      return new Answer(status, headers, text(body), body.length == announced);
    }
    return chunked(in, status, headers);
  }

  private static Answer chunked(InputStream in, int status, Map<String, String> headers)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = line(in);
      if (size.isEmpty()) {
        return new Answer(status, headers, text(body.toByteArray()), false);
      }
      int length = Integer.parseInt(size, 16);
      body.write(in.readNBytes(length));
      line(in);
      if (length == 0) {
        return new Answer(status, headers, text(body.toByteArray()), true);
      }
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A line without its end; an empty one at the end of the connection. */
  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return text(line.toByteArray());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
