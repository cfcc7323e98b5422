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

/** Frames over two streams: one thread sends, one receives, which may be the same. */
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
  public void send(Frame.Kind kind, FrameWriter content) throws IOException {
    byte[] bytes = content.content();
    if (bytes.length >= Frame.MOST_BYTES) {
      throw new IOException("Cannot send a frame of " + bytes.length + " bytes");
    }
    out.writeInt(bytes.length + 1);
    out.writeByte(kind.ordinal());
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
    int length = in.readInt();
    int kind = in.readUnsignedByte();
    if (length < 1 || length > Frame.MOST_BYTES || kind >= Frame.Kind.values().length) {
      throw new IOException("Cannot read a frame of kind " + kind + " and length " + length);
    }
    byte[] content = new byte[length - 1];
    in.readFully(content);
    return new Frame(Frame.Kind.values()[kind], content);
  }

  /** Whether the next frame has begun to come. */
  public boolean hasBegun() throws IOException {
    return in.available() > 0;
  }
}
