// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.architecture.PipelineStatus;
import org.anabranch.architecture.PipelineStatus.LaneStatus;
import org.anabranch.architecture.PipelineStatus.StreamStatus;
import org.anabranch.architecture.PipelineStatus.ViewStatus;

/** A pipeline's status in the Prometheus text format, in base units. */
final class MetricsText {
  private final PipelineStatus status;
  private final Map<String, List<String>> samples = new LinkedHashMap<>();

  MetricsText(PipelineStatus status) {
    this.status = status;
  }

  String write() {
    add("anabranch_ready", "gauge", "", status.ready() ? 1 : 0);
    add("anabranch_failed_tasks", "gauge", "", status.failures().size());
    status.streams().forEach(this::stream);
    StringBuilder text = new StringBuilder();
    samples.values().forEach(lines -> lines.forEach(line -> text.append(line).append('\n')));
    return text.toString();
  }

  private void stream(StreamStatus stream) {
    String label = label("stream", stream.name());
    add("anabranch_accepted_rows_total", "counter", label, stream.accepted());
    add("anabranch_quarantined_events_total", "counter", label, stream.quarantined());
    add("anabranch_late_rows_total", "counter", label, stream.late());
    add("anabranch_unknown_fields_total", "counter", label, stream.unknownFields());
    stream.lanes().forEach(lane -> lane(label, lane));
    stream.views().forEach(view -> view(label, view));
  }

  private void lane(String stream, LaneStatus lane) {
    String label = stream + "," + label("lane", Integer.toString(lane.lane().partition()));
    add("anabranch_log_end_position", "gauge", label, lane.logEnd());
    add("anabranch_frontier_position", "gauge", label, lane.frontier());
    add("anabranch_archived_position", "gauge", label, lane.archived());
    add("anabranch_cut_position", "gauge", label, lane.cut());
    add("anabranch_lag_positions", "gauge", label, lane.lagRows());
    add("anabranch_lag_seconds", "gauge", label, lane.lagSeconds());
  }

  private void view(String stream, ViewStatus view) {
    String label = stream + "," + label("view", view.name());
    add("anabranch_view_answering", "gauge", label, view.state().equals("answering") ? 1 : 0);
    add("anabranch_view_segments", "gauge", label, view.segments().size());
    add("anabranch_view_state_bytes", "gauge", label, view.stateBytes());
    add("anabranch_view_state_budget_bytes", "gauge", label, view.stateBudget());
    // A view that cannot be answered from has no numbers, not zeros.
    view.tally()
        .ifPresent(
            tally -> {
              add("anabranch_view_folded_rows_total", "counter", label, tally.folded());
              add("anabranch_view_filtered_rows_total", "counter", label, tally.filtered());
              add("anabranch_view_rejected_rows_total", "counter", label, tally.rejected());
            });
  }

  private void add(String name, String type, String labels, long value) {
    addText(name, type, labels, Long.toString(value));
  }

  private void add(String name, String type, String labels, double value) {
    addText(name, type, labels, Double.toString(value));
  }

  private void addText(String name, String type, String labels, String number) {
    List<String> lines =
        samples.computeIfAbsent(
            name, ignored -> new ArrayList<>(List.of("# TYPE " + name + " " + type)));
    lines.add(name + (labels.isEmpty() ? "" : "{" + labels + "}") + " " + number);
  }

  private static String label(String name, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return name + "=\"" + escaped + "\"";
  }
}
