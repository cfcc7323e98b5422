// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.serving.process.Frame;
import org.anabranch.serving.process.FrameChannel;
import org.anabranch.serving.process.FrameReader;
import org.anabranch.serving.process.FrameWriter;
import org.anabranch.view.Schema;

/** The server's catalog, as far as one statement asks for it. */
final class AskedCatalog implements Catalog {
  private final FrameChannel server;
  private final Inbox inbox;
  private final Map<String, Relation> known = new HashMap<>();
  private List<String> names = List.of();

  AskedCatalog(FrameChannel server, Inbox inbox) {
    this.server = server;
    this.inbox = inbox;
  }

  @Override
  public Optional<Relation> find(String name) {
    Relation relation = known.get(name);
    if (relation != null) {
      return Optional.of(relation);
    }
    Frame answer = ask(name);
    FrameReader content = answer.reader();
    if (answer.kind() == Frame.Kind.UNKNOWN) {
      names = content.texts();
      return Optional.empty();
    }
    RemoteRelation found = new RemoteRelation(content.text(), content.schema());
    known.put(name, found);
    return Optional.of(found);
  }

  private Frame ask(String name) {
    try {
      server.send(Frame.Kind.WANTED, new FrameWriter().text(name));
      return inbox.nextOfStatement();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Cannot wait for a relation: interrupted", e);
    }
  }

  /** Those the server named when it did not know one; without columns. */
  @Override
  public List<Relation> relations() {
    return names.stream()
        .<Relation>map(name -> new RemoteRelation(name, new Schema(List.of())))
        .toList();
  }
}
