// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How to connect to a cluster, as the owner of a pipeline says it. */
final class KafkaSectionTest {
  private static final String SECRET = "hunter2";
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"anna\""
          + " password=\""
          + SECRET
          + "\";";

  @TempDir Path directory;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private Configuration read(String settings, Map<String, String> environment)
      throws IOException, ConfigurationException {
    Path file = write("anabranch.yaml", settings);
    return Configuration.of(Map.of(), environment, Optional.of(file), directory::resolve);
  }

  private ConfigurationException refused(String settings) {
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> read(settings, Map.of()));
    assertFalse(refused.getMessage().contains(SECRET), refused.getMessage());
    return refused;
  }

  @Test
  void theSectionOfTheFileReachesTheClusterWhichDoesNotShowItsSecrets() throws Exception {
    Configuration read =
        read(
            """
            bootstrap-servers: kafka-1:9092,kafka-2:9092
            kafka:
              security.protocol: SASL_SSL
              sasl.mechanism: PLAIN
              sasl.jaas.config: '%s'
              request.timeout.ms: 5000
            """
                .formatted(LOGIN),
            Map.of());
    String cluster = read.cluster().orElseThrow().toString();
    assertTrue(cluster.contains("kafka-1:9092,kafka-2:9092"), cluster);
    for (String name : List.of("security.protocol", "sasl.jaas.config", "request.timeout.ms")) {
      assertTrue(cluster.contains(name), cluster);
    }
    assertFalse(cluster.contains(SECRET), cluster);
  }

  @Test
  void aFileOfPropertiesTakesThePlaceOfTheSection() throws Exception {
    write("client.properties", "# ours\nclient.id = billing\n");
    Configuration read =
        read(
            "bootstrap-servers: a:1\nkafka:\n  client.dns.lookup: use_all_dns_ips\n",
            Map.of("ANABRANCH_KAFKA_CONFIG", "client.properties"));
    assertEquals("ExternalCluster[a:1, [client.id]]", read.cluster().orElseThrow().toString());
  }

  @Test
  void allThatIsOursUnknownOrWrongIsSaidAtOnceWithItsPlace() {
    ConfigurationException refused =
        refused(
            """
            bootstrap-servers: a:1
            kafka:
              isolation.level: read_uncommitted
              sasl.jaas.confg: '%s'
              sasl.jaas.config: com.example.Thief required password="hunter2";
              colour: red
              group.id: mine
              ssl.key.password: [hunter2]
            """
                .formatted(LOGIN));
    assertEquals(6, refused.faults().size(), refused.getMessage());
    String text = refused.getMessage();
    assertTrue(text.contains("anabranch.yaml:3: isolation.level: it cannot be set: it is"), text);
    assertTrue(text.contains("did you mean 'sasl.jaas.config'?"), text);
    assertTrue(text.contains("PlainLoginModule required"), text);
    assertTrue(text.contains("colour: there is no such property for connection"), text);
    assertTrue(text.contains("not in a consumer group"), text);
    assertTrue(text.contains("anabranch.yaml:8: ssl.key.password: a value is one text"), text);
  }

  @Test
  void theEmbeddedBrokerHasNothingToConfigure() throws Exception {
    String text = refused("kafka:\n  security.protocol: SSL\n").getMessage();
    assertTrue(text.contains("anabranch.yaml:2: kafka: the broker runs inside"), text);
    assertTrue(text.contains("needs no security.protocol"), text);
    assertTrue(text.contains("bootstrap-servers"), text);
    write("client.properties", "client.id=x");
    assertTrue(
        refused("kafka-config: client.properties\n").getMessage().contains("client.properties: "));
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    String text =
        refused("bootstrap-servers: a:1\nkafka-config: nowhere.properties\n").getMessage();
    assertTrue(text.contains("anabranch.yaml:2: kafka-config = "), text);
    assertTrue(text.contains("there is no such file"), text);
    Files.createDirectories(directory.resolve("folder"));
    assertTrue(
        refused("bootstrap-servers: a:1\nkafka-config: folder\n")
            .getMessage()
            .contains("cannot be"),
        "a folder is no file");
    write("broken.properties", "sasl.jaas.config=\\u00zz hunter2\n");
    assertTrue(
        refused("bootstrap-servers: a:1\nkafka-config: broken.properties\n")
            .getMessage()
            .contains("it is no file of Java properties"));
  }
}
