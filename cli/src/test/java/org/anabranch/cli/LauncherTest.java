// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bash launcher, with a Java and a Maven that only say how they were called. */
final class LauncherTest {
  private static final Path LAUNCHER = Path.of("../anabranch").toAbsolutePath().normalize();

  private record Ended(int exitCode, String out, String err) {}

  @TempDir Path directory;
  private Path home;

  @BeforeEach
  void checkout() throws IOException {
    home = Files.createDirectories(directory.resolve("a checkout"));
    Files.copy(LAUNCHER, home.resolve("anabranch"));
    executable(home.resolve("anabranch"));
    Files.createDirectories(home.resolve("cli/src/main/java"));
    Files.writeString(home.resolve("cli/src/main/java/A.java"), "");
    Files.writeString(home.resolve("pom.xml"), "");
    java("17.0.15");
    maven("mkdir -p cli/target; echo one.jar:two.jar >cli/target/classpath; echo 'BUILD SUCCESS'");
  }

  private void java(String version) throws IOException {
    script(
        directory.resolve("jdk/bin/java"),
        "if [ \"$1\" = -version ]; then echo 'openjdk version \""
            + version
            + "\"' >&2; exit; fi\nprintf '%s\\n' \"$@\"\nexit 3");
  }

  private void maven(String body) throws IOException {
    script(directory.resolve("bin/mvn"), "echo \"$@\" >>" + "'" + calls() + "'\n" + body);
  }

  private Path calls() {
    return directory.resolve("maven-calls");
  }

  private static void script(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
    executable(file);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ended launch(String... arguments) throws IOException, InterruptedException {
    return ended(start("", arguments), "");
  }

  private Ended ended(Process process, String name) throws IOException, InterruptedException {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the launcher ends");
    return new Ended(
        process.exitValue(),
        Files.readString(directory.resolve("out" + name), StandardCharsets.UTF_8),
        Files.readString(directory.resolve("err" + name), StandardCharsets.UTF_8));
  }

  private Process start(String name, String... arguments) throws IOException {
    Path out = directory.resolve("out" + name);
    Path err = directory.resolve("err" + name);
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of(home.resolve("anabranch").toString()), Stream.of(arguments))
                .toList());
    builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
    builder.environment().put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().remove("ANABRANCH_JAVA_OPTS");
    return builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
  }

  private long builds() throws IOException {
    return Files.exists(calls()) ? Files.readAllLines(calls()).size() : 0;
  }

  @Test
  void bashReadsIt() throws IOException, InterruptedException {
    Process bash = new ProcessBuilder("bash", "-n", LAUNCHER.toString()).inheritIO().start();
    assertTrue(bash.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, bash.exitValue());
  }

  @Test
  void itBuildsOnceAndHandsArgumentsAndExitCodeThrough() throws Exception {
    Ended ended = launch("sql", "SELECT 'a b'", "");
    List<String> given = ended.out().lines().toList();
    assertEquals(3, ended.exitCode(), ended.err());
    assertEquals(
        List.of("org.anabranch.cli.Main", "sql", "SELECT 'a b'", ""),
        given.subList(given.size() - 4, given.size()));
    assertTrue(given.contains(home + "/cli/target/classes:one.jar:two.jar"), ended.out());
    assertTrue(given.contains("-Danabranch.home=" + home), ended.out());
    assertTrue(given.contains("-Danabranch.terminals="), ended.out());
    assertTrue(ended.err().contains("building from source"), ended.err());
    assertEquals("", launch("status").err());
    assertEquals(1, builds());
  }

  @Test
  void launchersThatStartTogetherBuildOnce() throws Exception {
    List<Process> together = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      together.add(start("-" + i, "version"));
    }
    for (int i = 0; i < 4; i++) {
      Ended ended = ended(together.get(i), "-" + i);
      assertEquals(3, ended.exitCode(), ended.err());
    }
    assertEquals(1, builds());
  }

  @Test
  void theLockOfALauncherThatWasKilledIsTakenOver() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    assertTrue(gone.waitFor(30, TimeUnit.SECONDS));
    Path lock = Files.createDirectories(home.resolve("target/build.lock"));
    Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
    assertEquals(3, launch("version").exitCode());
    assertEquals(1, builds());
    assertFalse(Files.exists(lock), "the lock is given back");
  }

  @Test
  void itBuildsAgainWhenASourceIsNewer() throws Exception {
    launch("version");
    Path source = home.resolve("cli/src/main/java/A.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    launch("version");
    assertEquals(2, builds());
  }

  @Test
  void aFailedBuildShowsItsErrorsAndIsTriedAgain() throws Exception {
    maven("echo '[INFO] fine'; echo '[ERROR] A.java is wrong'; exit 1");
    Ended ended = launch("version");
    assertEquals(1, ended.exitCode());
    assertTrue(ended.err().contains("[ERROR] A.java is wrong"), ended.err());
    assertFalse(ended.err().contains("[INFO] fine"), ended.err());
    assertTrue(ended.err().contains("target/build.log"), ended.err());
    launch("version");
    assertEquals(2, builds());
  }

  @Test
  void flagsFollowTheVersionOfJava() throws Exception {
    assertFalse(launch("version").out().contains("--enable-native-access"), "17");
    java("22.0.1");
    assertTrue(launch("version").out().contains("--enable-native-access"), "22");
    assertFalse(launch("version").out().contains("--sun-misc-unsafe"), "22");
    java("25");
    assertTrue(launch("version").out().contains("--sun-misc-unsafe"), "25");
  }

  @Test
  void anOldJavaIsRefusedByName() throws Exception {
    java("11.0.2");
    Ended ended = launch("version");
    assertEquals(1, ended.exitCode());
    assertTrue(ended.err().contains("needs Java 17 or later"), ended.err());
    assertEquals(0, builds());
  }

  @Test
  void itIsFoundThroughALink() throws Exception {
    Path link = directory.resolve("bin/anabranch");
    Files.createSymbolicLink(link, home.resolve("anabranch"));
    Process process =
        new ProcessBuilder(link.toString(), "version")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertFalse(Files.readString(directory.resolve("out")).isEmpty(), "it says something");
  }
}
