// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A field that some column reads, or an object on the way to one, and what is known of the fields
 * inside it. Names are matched by guess: events of a stream mostly have the same fields in the same
 * order, so that the name at the same place of the event before is compared first.
 */
final class FieldNode {
  /** Names without a column that are remembered per object, to be matched by guess as well. */
  private static final int FAMILIAR = 64;

  private static final int GUESSES = 256;

  final byte[] name;

  /** The column that reads this field, or -1. */
  int column = -1;

  final List<FieldNode> children = new ArrayList<>();

  /** What columns read of an array: nodes of elements, null between; empty for an object. */
  private FieldNode[] elements = {};

  private final boolean wanted;
  private final boolean plain;
  private final FieldNode[] guesses;
  private FieldNode[] index = new FieldNode[16];
  private int indexed;
  private int familiar;
  private final Set<String> strangers = new HashSet<>();
  private long seen;

  private final FieldNode parent;
  private UnknownName unknown;

  /** Which element of an array it is, or -1. */
  private int number = -1;

  private FieldNode(FieldNode parent, byte[] name, boolean wanted) {
    this.parent = parent;
    this.name = name;
    this.wanted = wanted;
    this.plain = isPlain(name);
    this.guesses = wanted ? new FieldNode[GUESSES] : null;
  }

  static FieldNode root() {
    return new FieldNode(null, new byte[0], true);
  }

  /** Where the field is, with dots between the names. */
  String path() {
    if (number >= 0) {
      return parent.path() + "[" + number + "]";
    }
    return parent == null || parent.parent == null ? nameText() : parent.path() + "." + nameText();
  }

  /** What the field is called among those that no column reads. */
  UnknownName unknown() {
    if (unknown == null) {
      unknown = new UnknownName(path());
    }
    return unknown;
  }

  /** Whether a JSON string of the name may have just its bytes. */
  private static boolean isPlain(byte[] name) {
    for (byte next : name) {
      if (next == '"' || next == '\\' || (next >= 0 && next < ' ')) {
        return false;
      }
    }
    return true;
  }

  /** Whether a column reads this field or one inside it. */
  boolean isWanted() {
    return wanted;
  }

  String nameText() {
    return new String(name, StandardCharsets.UTF_8);
  }

  FieldNode child(byte[] childName) {
    for (FieldNode child : children) {
      if (Arrays.equals(child.name, childName)) {
        return child;
      }
    }
    FieldNode child = new FieldNode(this, childName, true);
    children.add(child);
    remember(child);
    return child;
  }

  boolean isElement() {
    return number >= 0;
  }

  /** Whether columns read elements of an array here. */
  boolean isArray() {
    return elements.length > 0;
  }

  /** How many elements columns read, and those before. */
  int elements() {
    return elements.length;
  }

  /** The node of an element, or null for one that no column reads. */
  FieldNode element(int index) {
    return index < elements.length ? elements[index] : null;
  }

  FieldNode makeElement(int index) {
    if (index >= elements.length) {
      elements = Arrays.copyOf(elements, index + 1);
    }
    if (elements[index] == null) {
      FieldNode element = new FieldNode(this, new byte[0], true);
      element.number = index;
      elements[index] = element;
      children.add(element);
    }
    return elements[index];
  }

  /** What unread elements of the array are called among the fields that no column reads. */
  UnknownName unknownElements() {
    if (unknown == null) {
      unknown = new UnknownName(path() + "[]");
    }
    return unknown;
  }

  /** Begins an object of one event. */
  void open() {
    if (!strangers.isEmpty()) {
      strangers.clear();
    }
  }

  /**
   * Reads a name of which the opening quote is consumed.
   *
   * @return the field, or null for one that no column reads and that is not familiar: its name is
   *     the scanner's text
   */
  FieldNode match(JsonScanner in, int ordinal, long event) {
    FieldNode guess = ordinal < GUESSES ? guesses[ordinal] : null;
    if (guess != null && guess.isAt(in)) {
      in.position += guess.name.length + 1;
    } else {
      guess = find(in);
      if (ordinal < GUESSES) {
        guesses[ordinal] = guess;
      }
    }
    if (guess != null) {
      if (guess.seen == event) {
        throw JsonMembers.duplicate(guess.name, "");
      }
      guess.seen = event;
    }
    return guess;
  }

  private boolean isAt(JsonScanner in) {
    int end = in.position + name.length;
    return plain
        && end < in.limit
        && in.bytes[end] == '"'
        && Arrays.equals(in.bytes, in.position, end, name, 0, name.length);
  }

  private FieldNode find(JsonScanner in) {
    in.name();
    int slot = hash(in.text, in.textFrom, in.textTo) & (index.length - 1);
    while (index[slot] != null) {
      byte[] known = index[slot].name;
      if (Arrays.equals(in.text, in.textFrom, in.textTo, known, 0, known.length)) {
        return index[slot];
      }
      slot = (slot + 1) & (index.length - 1);
    }
    byte[] stranger = Arrays.copyOfRange(in.text, in.textFrom, in.textTo);
    if (familiar < FAMILIAR) {
      familiar++;
      FieldNode child = new FieldNode(this, stranger, false);
      remember(child);
      return child;
    }
    if (!strangers.add(new String(stranger, StandardCharsets.UTF_8))) {
      throw JsonMembers.duplicate(stranger, "");
    }
    return null;
  }

  private void remember(FieldNode child) {
    indexed++;
    if (indexed * 2 > index.length) {
      FieldNode[] smaller = index;
      index = new FieldNode[smaller.length * 2];
      for (FieldNode moved : smaller) {
        if (moved != null) {
          place(moved);
        }
      }
    }
    place(child);
  }

  private void place(FieldNode child) {
    int slot = hash(child.name, 0, child.name.length) & (index.length - 1);
    while (index[slot] != null) {
      slot = (slot + 1) & (index.length - 1);
    }
    index[slot] = child;
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash ^ hash >>> 15;
  }
}
