// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientPropertiesTest {
  private static final String LOGIN =
      "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"a\""
          + " password=\"secret\";";

  @Test
  void everyPropertyThatMayBeSetReachesEveryClient() {
    Map<String, String> all = new HashMap<>();
    for (String name : ClientProperties.allowed()) {
      all.put(name, value(name));
    }
    ExternalCluster cluster = new ExternalCluster("a:1", all);
    for (Map<String, Object> settings :
        Set.of(
            ClientSettings.admin(cluster),
            ClientSettings.producer(cluster, KafkaLog.SEND_BYTES),
            ClientSettings.consumer(cluster, ReadLimits.DEFAULT))) {
      all.forEach((name, value) -> assertEquals(value, settings.get(name).toString(), name));
    }
  }

  @Test
  void everyPropertyThatMayBeSetIsOneOfEachClient() {
    for (Set<String> known :
        Set.of(
            AdminClientConfig.configNames(),
            ProducerConfig.configNames(),
            ConsumerConfig.configNames())) {
      assertTrue(known.containsAll(ClientProperties.allowed()));
    }
  }

  private static String value(String name) {
    return switch (name) {
      case "security.protocol" -> "SASL_SSL";
      case "sasl.mechanism" -> "SCRAM-SHA-512";
      case "sasl.jaas.config" -> LOGIN;
      case "client.dns.lookup" -> "use_all_dns_ips";
      case "request.timeout.ms" -> "7000";
      default -> name.endsWith(".ms") || name.endsWith(".bytes") ? "4321" : "x";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "isolation.level                   | read_uncommitted | aborted is no data",
        "acks                              | 1                | all in-sync replicas",
        "enable.idempotence                | false            | all in-sync replicas",
        "transactional.id                  | t                | all in-sync replicas",
        "group.id                          | g                | not in a consumer group",
        "auto.offset.reset                 | latest           | not in a consumer group",
        "key.serializer                    | x                | events are bytes",
        "interceptor.classes               | x                | load a class",
        "ssl.engine.factory.class          | x                | load a class",
        "sasl.login.callback.handler.class | x                | load a class",
        "sasl.oauthbearer.token.endpoint.url | x              | PLAIN and SCRAM",
        "bootstrap.servers                 | a:1              | bootstrap-servers",
        "default.api.timeout.ms            | 5                | request.timeout.ms",
        "max.poll.records                  | 5                | memory is reckoned",
        "colour                            | red              | there is no such property",
        "request.timeout.ms                | 60000            | 1000 to 20000",
        "request.timeout.ms                | soon             | 1000 to 20000",
        "security.protocol                 | TLS              | TLS",
        "connections.max.idle.ms           | long             | connections.max.idle.ms",
        "sasl.mechanism                    | GSSAPI           | SCRAM-SHA-512"
      })
  void whatIsOursOrWrongIsRefusedWithTheReason(String name, String value, String reason) {
    String problem = ClientProperties.problems(Map.of(name, value)).get(name);
    assertTrue(problem.contains(reason), problem);
  }

  @Test
  void aSecretThatCannotBeUsedIsNotRepeated() {
    String module = "com.example.StealingLoginModule required password=\"secret\";";
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ExternalCluster("a", Map.of("sasl.jaas.config", module, "acks", "0")));
    assertTrue(refused.getMessage().contains("PlainLoginModule"), refused.getMessage());
    assertTrue(refused.getMessage().contains("acks"), refused.getMessage());
    assertTrue(refused.getMessage().contains("host:port"), refused.getMessage());
    assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
  }

  @Test
  void settingsForAProtocolThatIsNotSpokenAreRefused() {
    Map<String, String> login = Map.of("sasl.mechanism", "PLAIN", "sasl.jaas.config", LOGIN);
    assertTrue(protocol(login).contains("sasl.* is not used"));
    assertTrue(protocol(Map.of("ssl.truststore.type", "PEM")).contains("ssl.* is not used"));
    assertTrue(protocol(Map.of("security.protocol", "SASL_SSL")).contains("needs sasl.mechanism"));
    assertEquals(Map.of(), ClientProperties.problems(Map.of("security.protocol", "SSL")));
  }

  private static String protocol(Map<String, String> properties) {
    return ClientProperties.problems(properties).get("security.protocol");
  }
}
