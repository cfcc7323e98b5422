// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.Optional;
import org.anabranch.view.Step;

/** The tasks of one stream, under the pipeline's supervisor. */
final class StreamTasks {
  private final String stream;
  private final Supervisor supervisor;

  StreamTasks(String stream, Supervisor supervisor) {
    this.stream = stream;
    this.supervisor = supervisor;
  }

  /** A step whose failures pass by themselves. */
  void retried(String task, Step step) {
    supervisor.retried(task + " " + stream, step);
  }

  /** A step that notices when the log is away. */
  void watch(String task, Step step) {
    supervisor.watch(stream, task + " " + stream, step);
  }

  /** A step that reads the log. */
  void follow(int partition, Step tail) {
    supervisor.follow(stream, "tail " + stream + " " + partition, tail);
  }

  /** A step that has no failure of its own. */
  void plain(String task, Step step) {
    supervisor.plain(task + " " + stream, step);
  }

  /** Why no answer would contain what the stream takes now, if that is so. */
  Optional<String> obstacle() {
    return supervisor.obstacle(stream);
  }

  /** The same, if only a restart can help. */
  Optional<String> stopped() {
    return supervisor.stopped(stream);
  }
}
