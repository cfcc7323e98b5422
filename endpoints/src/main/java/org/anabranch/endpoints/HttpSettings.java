// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where and within which bounds the HTTP server works.
 *
 * @param host the interface to listen on
 * @param port the port, 0 for a free one
 * @param acceptPublicBind whether another interface than loopback may be listened on
 * @param bodyBytes the largest request body, as it is sent
 * @param headerBytes the largest request header
 * @param connections at most so many connections at once
 * @param threads at most so many requests at once
 * @param idleMillis a connection that is silent for so long is closed
 */
public record HttpSettings(
    String host,
    int port,
    boolean acceptPublicBind,
    long bodyBytes,
    int headerBytes,
    int connections,
    int threads,
    long idleMillis) {

  public static HttpSettings on(String host, int port) {
    return new HttpSettings(host, port, false, 20L << 20, 16 << 10, 2_000, 64, 30_000);
  }

  public HttpSettings acceptPublic(boolean accept) {
    return new HttpSettings(
        host, port, accept, bodyBytes, headerBytes, connections, threads, idleMillis);
  }

  /** The same with at most so many connections. */
  public HttpSettings limit(int most) {
    return new HttpSettings(
        host, port, acceptPublicBind, bodyBytes, headerBytes, most, threads, idleMillis);
  }

  boolean isLoopback() throws UnknownHostException {
    return InetAddress.getByName(host).isLoopbackAddress();
  }
}
