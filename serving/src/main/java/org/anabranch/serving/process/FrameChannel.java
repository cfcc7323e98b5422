// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving.process;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Frames over two streams: any thread sends, one receives. */
public final class FrameChannel {
  private static final int BUFFER = 1 << 16;

  private final DataInputStream in;
  private final DataOutputStream out;

  public FrameChannel(InputStream in, OutputStream out) {
    this.in = new DataInputStream(new BufferedInputStream(in, BUFFER));
    this.out = new DataOutputStream(new BufferedOutputStream(out, BUFFER));
  }

  /** Sends a frame without content. */
  public void send(Frame.Kind kind) throws IOException {
    send(kind, new FrameWriter());
  }

  /** Sends a frame at once. */
  public synchronized void send(Frame.Kind kind, FrameWriter content) throws IOException {
    byte[] bytes = content.content();
    if (bytes.length > Frame.MOST_BYTES) {
      throw new IOException("Cannot send a frame of " + bytes.length + " bytes");
    }
    out.writeUTF(kind.name());
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }

  /**
   * Waits for the next frame.
   *
   * @throws EOFException if the other side is gone
   * @throws IOException if what comes is no frame
   */
  public Frame receive() throws IOException {
    Frame.Kind kind = kind(in.readUTF());
    int length = in.readInt();
    if (length < 0 || length > Frame.MOST_BYTES) {
      throw new IOException("Cannot read a frame of " + length + " bytes");
    }
    byte[] content = new byte[length];
    in.readFully(content);
    return new Frame(kind, content);
  }

  private static Frame.Kind kind(String name) throws IOException {
    try {
      return Frame.Kind.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("Cannot read a frame of an unknown kind", e);
    }
  }

  /** Whether the next frame has begun to come. */
  public boolean hasBegun() throws IOException {
    return in.available() > 0;
  }
}
