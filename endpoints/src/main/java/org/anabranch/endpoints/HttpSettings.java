// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.anabranch.architecture.HeapBudgets;

/**
 * Where and within which bounds the HTTP server works.
 *
 * @param host the interface to listen on
 * @param port the port, 0 for a free one
 * @param acceptPublicBind whether another interface than loopback may be listened on
 * @param bodyBytes the largest request body, as it is sent
 * @param headerBytes the largest request header
 * @param connections at most so many connections at once
 * @param threads at most so many requests are worked on at once; more wait
 * @param idleMillis a connection that is silent for so long is closed, and so is one on which the
 *     head of a request takes so long
 * @param answerBytes the largest answer
 * @param scratch where bodies and answers that are large are kept on their way
 */
public record HttpSettings(
    String host,
    int port,
    boolean acceptPublicBind,
    long bodyBytes,
    int headerBytes,
    int connections,
    int threads,
    long idleMillis,
    long answerBytes,
    Path scratch) {
  /** Of all bodies and answers on their way, this much is in files at most. */
  static final long SCRATCH_BYTES = 4L << 30;

  public static HttpSettings on(String host, int port) {
    return new HttpSettings(
        host,
        port,
        false,
        20L << 20,
        16 << 10,
        2_000,
        64,
        30_000,
        1L << 30,
        Path.of(System.getProperty("java.io.tmpdir")));
  }

  public HttpSettings acceptPublic(boolean accept) {
    return new HttpSettings(
        host,
        port,
        accept,
        bodyBytes,
        headerBytes,
        connections,
        threads,
        idleMillis,
        answerBytes,
        scratch);
  }

  public HttpSettings scratch(Path directory) {
    return new HttpSettings(
        host,
        port,
        acceptPublicBind,
        bodyBytes,
        headerBytes,
        connections,
        threads,
        idleMillis,
        answerBytes,
        directory);
  }

  /** Of all bodies and answers on their way, this much is in memory at most. */
  static long spoolMemoryBytes() {
    return HeapBudgets.spool(Runtime.getRuntime().maxMemory());
  }

  /** The same with at most so many connections. */
  public HttpSettings limit(int most) {
    return new HttpSettings(
        host,
        port,
        acceptPublicBind,
        bodyBytes,
        headerBytes,
        most,
        threads,
        idleMillis,
        answerBytes,
        scratch);
  }

  boolean isLoopback() throws UnknownHostException {
    return InetAddress.getByName(host).isLoopbackAddress();
  }
}
