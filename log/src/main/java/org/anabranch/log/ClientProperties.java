// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The properties of Kafka's clients that the owner of a cluster may set: how to connect, who one is
 * and how long to wait. The others decide what is true, or make a client load classes. A reason
 * never repeats a secret.
 */
public final class ClientProperties {
  /** An append is given up after three of them, which must come before ingest gives it up. */
  private static final int LONGEST_REQUEST_MILLIS = 20_000;

  private static final SortedSet<String> ALLOWED =
      Collections.unmodifiableSortedSet(
          new TreeSet<>(
              Set.of(
                  "security.protocol",
                  "sasl.mechanism",
                  "sasl.jaas.config",
                  "ssl.protocol",
                  "ssl.enabled.protocols",
                  "ssl.cipher.suites",
                  "ssl.endpoint.identification.algorithm",
                  "ssl.truststore.location",
                  "ssl.truststore.password",
                  "ssl.truststore.type",
                  "ssl.truststore.certificates",
                  "ssl.keystore.location",
                  "ssl.keystore.password",
                  "ssl.keystore.type",
                  "ssl.keystore.key",
                  "ssl.keystore.certificate.chain",
                  "ssl.key.password",
                  "client.id",
                  "client.dns.lookup",
                  "request.timeout.ms",
                  "connections.max.idle.ms",
                  "socket.connection.setup.timeout.ms",
                  "socket.connection.setup.timeout.max.ms",
                  "reconnect.backoff.ms",
                  "reconnect.backoff.max.ms",
                  "retry.backoff.ms",
                  "retry.backoff.max.ms",
                  "send.buffer.bytes",
                  "receive.buffer.bytes")));

  /** Why properties of a form are ours; the first form that fits counts. */
  private static final Map<Pattern, String> OURS = new LinkedHashMap<>();

  static {
    ours("it makes the client load a class", ".*\\.class(es)?", "metric\\.reporters");
    ours("it makes the client load a class", "security\\.providers", ".*\\.handler\\..*");
    ours("only SASL PLAIN and SCRAM are supported", "sasl\\.oauthbearer.*", "sasl\\.kerberos.*");
    ours("the address is the setting bootstrap-servers", "bootstrap\\..*");
    ours("it is read_committed: what was aborted is no data", "isolation\\.level");
    ours(
        "an acknowledgement means that all in-sync replicas have the event, once and in order",
        "acks|enable\\.idempotence|retries|max\\.in\\.flight.*|transaction.*",
        "delivery\\.timeout\\.ms|max\\.block\\.ms|linger\\.ms|batch\\.size|buffer\\.memory",
        "max\\.request\\.size|compression\\..*|partitioner\\..*");
    ours(
        "where reading goes on is kept with the data, not in a consumer group",
        "group\\..*|auto\\..*|enable\\.auto\\.commit|session\\..*|heartbeat\\..*|.*assignment.*");
    ours("events are bytes", ".*serializer.*");
    ours(
        "what a fetch takes is fixed, because memory is reckoned by it",
        "fetch\\..*|max\\.po.*|max\\.partition.*|check\\.crcs|allow\\..*|exclude\\..*");
    ours("it follows from request.timeout.ms", "default\\.api\\.timeout\\.ms");
    ours("how often a topic is looked at decides when changes are noticed", "metadata\\..*");
  }

  /** Logins that only read their own options. */
  private static final Pattern LOGIN =
      Pattern.compile(
          "\\s*org\\.apache\\.kafka\\.common\\.security\\.(plain\\.Plain|scram\\.Scram)LoginModule"
              + "\\s[^;]*;\\s*");

  private ClientProperties() {}

  private static void ours(String reason, String... forms) {
    Arrays.stream(forms).forEach(form -> OURS.put(Pattern.compile(form), reason));
  }

  /** The names that may be set. */
  public static SortedSet<String> allowed() {
    return ALLOWED;
  }

  /** What is wrong with a client's properties: by name, what and why, in words. */
  public static SortedMap<String, String> problems(Map<String, String> properties) {
    SortedMap<String, String> problems = new TreeMap<>();
    properties.forEach(
        (name, value) -> problem(name, value).ifPresent(reason -> problems.put(name, reason)));
    if (problems.isEmpty()) {
      mismatch(properties).ifPresent(reason -> problems.put("security.protocol", reason));
    }
    return problems;
  }

  private static Optional<String> problem(String name, String value) {
    if (!ALLOWED.contains(name)) {
      return Optional.of(
          OURS.entrySet().stream()
              .filter(form -> form.getKey().matcher(name).matches())
              .map(form -> "it cannot be set: " + form.getValue())
              .findFirst()
              .orElse("there is no such property for connection, security or timeouts"));
    }
    return switch (name) {
      case "sasl.jaas.config" ->
          unless(
              LOGIN.matcher(value).matches(),
              "it is 'org.apache.kafka.common.security.plain.PlainLoginModule required"
                  + " username=\"...\" password=\"...\";', or the same with scram.ScramLoginModule");
      case "sasl.mechanism" ->
          unless(
              Set.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512").contains(value),
              "it is PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512");
      case "request.timeout.ms" ->
          unless(
              value.matches("[0-9]{4,5}") && Integer.parseInt(value) <= LONGEST_REQUEST_MILLIS,
              "it is 1000 to " + LONGEST_REQUEST_MILLIS + " milliseconds");
      default -> invalid(AdminClientConfig.configDef().configKeys().get(name), value);
    };
  }

  private static Optional<String> unless(boolean good, String reason) {
    return good ? Optional.empty() : Optional.of(reason);
  }

  /** What Kafka says of a value. */
  private static Optional<String> invalid(ConfigDef.ConfigKey key, String value) {
    try {
      Object parsed = ConfigDef.parseType(key.name, value, key.type);
      if (key.validator != null) {
        key.validator.ensureValid(key.name, parsed);
      }
      return Optional.empty();
    } catch (ConfigException e) {
      return Optional.of(
          key.type == ConfigDef.Type.PASSWORD ? "it cannot be read" : e.getMessage());
    }
  }

  /** Settings for a protocol that is not spoken would be ignored, and somebody relies on them. */
  private static Optional<String> mismatch(Map<String, String> properties) {
    String protocol = properties.getOrDefault("security.protocol", "PLAINTEXT");
    boolean sasl = properties.keySet().stream().anyMatch(name -> name.startsWith("sasl."));
    boolean ssl = properties.keySet().stream().anyMatch(name -> name.startsWith("ssl."));
    if (sasl && !protocol.startsWith("SASL_")) {
      return Optional.of("it is " + protocol + ", so that sasl.* is not used; SASL_SSL uses it");
    }
    if (ssl && !protocol.endsWith("SSL")) {
      return Optional.of(
          "it is " + protocol + ", so that ssl.* is not used; SSL or SASL_SSL use it");
    }
    boolean login =
        properties.containsKey("sasl.mechanism") && properties.containsKey("sasl.jaas.config");
    return unless(
        login || !protocol.startsWith("SASL_"),
        "it is " + protocol + ", which needs sasl.mechanism and sasl.jaas.config too");
  }
}
