// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What is asked of the cluster about topics; failures come back as {@link LogException}. */
final class Topics implements AutoCloseable {
  private final Broker broker;
  private final Admin admin;

  Topics(Broker broker) {
    this.broker = broker;
    this.admin = Admin.create(ClientSettings.admin(broker));
  }

  /** The topic of a name, if there is one. */
  Optional<Topic> find(String name) {
    return await("describe topic '" + name + "'", findLater(name));
  }

  CompletableFuture<Optional<Topic>> findLater(String name) {
    return present(
        "describe topic '" + name + "'",
        admin.describeTopics(List.of(name)).topicNameValues().get(name),
        Topics::topic);
  }

  /** The answer, or nothing if the topic is not known. */
  private <T, R> CompletableFuture<Optional<R>> present(
      String what, KafkaFuture<T> answer, Function<T, R> reading) {
    return answer
        .toCompletionStage()
        .toCompletableFuture()
        .thenApply(found -> Optional.of(reading.apply(found)))
        .exceptionally(
            failure -> {
              Throwable cause = KafkaFailures.cause(failure);
              if (cause instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
              }
              throw KafkaFailures.unavailable(what, broker, cause);
            });
  }

  private static Topic topic(TopicDescription description) {
    return new Topic(description.name(), description.topicId(), description.partitions().size());
  }

  /** Creates a topic, unless another was faster. */
  void create(String name, int partitions, Map<String, String> settings) {
    NewTopic topic =
        new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
    try {
      admin
          .createTopics(List.of(topic))
          .all()
          .get(ClientSettings.answerMillis(broker), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | InterruptedException | TimeoutException e) {
      if (!(KafkaFailures.cause(e) instanceof TopicExistsException)) {
        throw KafkaFailures.unavailable("create topic '" + name + "'", broker, e);
      }
    }
  }

  /** The settings of a topic, empty while the broker that is asked does not know it yet. */
  Optional<Map<String, String>> settings(String name) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    String what = "read the settings of topic '" + name + "'";
    return await(
        what,
        present(
            what,
            admin.describeConfigs(List.of(resource)).values().get(resource),
            Topics::settings));
  }

  private static Map<String, String> settings(Config config) {
    return config.entries().stream()
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  Map<Integer, Long> starts(Topic topic) {
    return offsets(topic, OffsetSpec.earliest());
  }

  Map<Integer, Long> ends(Topic topic) {
    return offsets(topic, OffsetSpec.latest());
  }

  /** The first position that came at a time or later, of the partitions that have one. */
  Map<Integer, Long> since(Topic topic, long epochMillis) {
    Map<Integer, Long> found = offsets(topic, OffsetSpec.forTimestamp(epochMillis));
    found.values().removeIf(position -> position < 0);
    return found;
  }

  private Map<Integer, Long> offsets(Topic topic, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> wanted =
        IntStream.range(0, topic.partitions())
            .mapToObj(partition -> new TopicPartition(topic.name(), partition))
            .collect(Collectors.toMap(Function.identity(), partition -> which));
    Map<Integer, Long> offsets = new TreeMap<>();
    await(
            "find the ends of topic '" + topic.name() + "'",
            admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all())
        .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
    return offsets;
  }

  void grow(String name, int partitions) {
    await(
        "add partitions to topic '" + name + "'",
        admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions))).all());
  }

  void trim(String name, int partition, long below) {
    Map<TopicPartition, RecordsToDelete> records = new HashMap<>();
    records.put(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(below));
    await("trim topic '" + name + "' below position " + below, admin.deleteRecords(records).all());
  }

  private <T> T await(String what, KafkaFuture<T> future) {
    return await(what, future.toCompletionStage().toCompletableFuture());
  }

  private <T> T await(String what, CompletableFuture<T> future) {
    try {
      return future.get(ClientSettings.answerMillis(broker), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw KafkaFailures.unavailable(what, broker, e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw KafkaFailures.unavailable(what, broker, e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
