package io.metastore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher as packages and scripts use it. It needs what `package` leaves in target/metastore.
class LauncherIT {
    private static final Path BIN = Path.of("..", "bin").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    /// What a program printed and how it ended.
    private record Ended(int exitCode, String output) {}

    @ParameterizedTest
    @ValueSource(strings = {"metastore", "etcd"})
    void theVersionIsTheServersOwnAndNeedsNoJava(String name) throws Exception {
        var ended = run(
                directory, Map.of("JAVA_HOME", "/nowhere"), BIN.resolve(name).toString(), "--version");

        assertThat(ended).isEqualTo(new Ended(0, Version.text()));
    }

    @Test
    void itWorksThroughLinksFromAnyFolder() throws Exception {
        var first = Files.createSymbolicLink(directory.resolve("first"), BIN.resolve("metastore"));
        var second = Files.createSymbolicLink(directory.resolve("second"), first.getFileName());

        assertThat(run(directory, Map.of(), second.toString(), "--version").output())
                .isEqualTo(Version.text());
        assertThat(run(directory, Map.of(), "./second", "--version").output()).isEqualTo(Version.text());
    }

    @Test
    void aJavaIsFoundWithoutAnyEnvironment() throws Exception {
        var ended = run(directory, Map.of(), BIN.resolve("find-java").toString());

        assertThat(ended.exitCode()).isZero();
        assertThat(Path.of(ended.output().strip(), "bin", "java")).isExecutable();
    }

    @Test
    void aJavaThatIsTooOldIsPassedOver() throws Exception {
        var old = java("17.0.15");

        var ended = run(
                directory,
                Map.of("JAVA_HOME", old.toString()),
                BIN.resolve("find-java").toString());

        assertThat(ended.output().strip()).isNotEmpty().isNotEqualTo(old.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"25", "25.0.1", "25-ea", "26.0.1+8", "100"})
    void javaHomeComesFirstWhenItIsNewEnough(String version) throws Exception {
        var java = java(version);

        var ended = run(
                directory,
                Map.of("JAVA_HOME", java.toString()),
                BIN.resolve("find-java").toString());

        assertThat(ended).isEqualTo(new Ended(0, java + "\n"));
    }

    @Test
    void aRuntimeWithoutCompilerIsNoJdk() throws Exception {
        var runtime = java("25");

        var ended = run(
                directory,
                Map.of("JAVA_HOME", runtime.toString()),
                BIN.resolve("find-java").toString(),
                "--jdk");

        assertThat(ended.output().strip()).isNotEqualTo(runtime.toString());
    }

    /// The JVM would run the classes in the cache, and not those in the jars.
    @Test
    void aCacheIsUsedOnlyWithTheJarsAndTheJavaItWasMadeFor() throws Exception {
        var lib = Files.createDirectories(directory.resolve("lib"));
        Files.writeString(lib.resolve("metastore-server.jar"), "content");
        Files.writeString(directory.resolve("version.txt"), "1");
        Files.writeString(directory.resolve("metastore.aot"), "cache");
        var launcher = Files.createDirectory(directory.resolve("bin"));
        for (var script : List.of("metastore", "find-java", "cache-key")) {
            Files.copy(BIN.resolve(script), launcher.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
        }
        var java = java("25");
        var key = run(
                directory, Map.of(), launcher.resolve("cache-key").toString(), directory.toString(), java.toString());
        assertThat(key.exitCode()).isZero();
        Files.writeString(directory.resolve("metastore.aot.key"), key.output());

        assertThat(flags(launcher, java)).contains("-XX:AOTCache=");

        Files.writeString(lib.resolve("metastore-server.jar"), "CONTENT");
        assertThat(flags(launcher, java)).doesNotContain("AOTCache");

        Files.writeString(lib.resolve("metastore-server.jar"), "content");
        assertThat(flags(launcher, java)).contains("-XX:AOTCache=");
        assertThat(flags(launcher, java("26"))).doesNotContain("AOTCache");
    }

    private static final String MEMORY = "--storage=memory";
    private static final String ROCKSDB = "--storage=rocksdb";
    private static final String WITNESS = "--role=witness";

    /// In etcd's form a file takes the place of flags, in the original's form flags and variables win over it.
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                  | ''                                | ''                  | "
                        + ROCKSDB,
                "'storage: memory'                   | ''                                | --storage=rocksdb   | "
                        + MEMORY,
                "'role: witness'                     | ''                                | ''                  | "
                        + WITNESS,
                "'server: {member_id: 1}'            | ''                                | ''                  | "
                        + MEMORY,
                "'server: {storage: rocksdb}'        | ''                                | ''                  | "
                        + ROCKSDB,
                "'server: {storage: pebble}'         | ''                                | --storage memory    | "
                        + MEMORY,
                "'server: {raft: {node_role: witness}}' | ''                             | ''                  | "
                        + WITNESS,
                "'server: {raft: {node_role: witness}}' | METASTORE_RAFT_NODE_ROLE=data  | ''                  | "
                        + MEMORY,
                "''                                  | ''                                | --member-id=1       | "
                        + MEMORY,
                "''                                  | ''                                | -grpc-port 2379     | "
                        + MEMORY,
                "''                                  | METASTORE_RAFT_NODE_ROLE=witness  | ''                  | "
                        + WITNESS,
                "''                                  | METASTORE_MEMBER_ID=1             | ''                  | "
                        + MEMORY,
                "''                                  | METASTORE_PORT=tcp://10.0.0.1:1   | ''                  | "
                        + ROCKSDB,
                "''                                  | METASTORE_JAVA_OPTS=-Dx=y         | ''                  | "
                        + ROCKSDB,
            })
    void theHeapFitsEngineAndRoleInEitherForm(String file, String variable, String flags, String same)
            throws Exception {
        var lib = Files.createDirectories(directory.resolve("lib"));
        Files.writeString(lib.resolve("metastore-server.jar"), "content");
        Files.writeString(directory.resolve("version.txt"), "1");
        var launcher = Files.createDirectory(directory.resolve("bin"));
        for (var script : List.of("metastore", "find-java", "cache-key")) {
            Files.copy(BIN.resolve(script), launcher.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
        }
        var java = java("25");
        var words = new ArrayList<String>();
        if (!file.isEmpty()) {
            Files.writeString(directory.resolve("f.yaml"), file + "\n");
            words.add("--config-file=f.yaml");
        }
        Stream.of(flags.split(" ", -1)).filter(word -> !word.isEmpty()).forEach(words::add);
        var environment = new HashMap<String, String>();
        if (!variable.isEmpty()) {
            environment.put(variable.replaceAll("=.*", ""), variable.replaceFirst(".*?=", ""));
        }

        assertThat(sizes(flags(launcher, java, environment, words)))
                .isEqualTo(sizes(flags(launcher, java, Map.of(), List.of(same))))
                .isNotEmpty();
    }

    private static List<String> sizes(String flags) {
        return Stream.of(flags.split(" ", -1))
                .filter(flag -> flag.matches("-Xmx.*|-XX:MaxDirectMemorySize=.*"))
                .toList();
    }

    @Test
    void theUsualFileOfTheOriginalsCountsUnlessEtcdsFormIsMeant() throws Exception {
        var file = Files.createDirectory(directory.resolve("configs")).resolve("metastore.yaml");
        Files.writeString(file, "server:\n  raft:\n    node_role: witness\n");

        theHeapFitsEngineAndRoleInEitherForm("", "", "", WITNESS);
    }

    private String flags(Path launcher, Path java) throws Exception {
        return flags(launcher, java, Map.of(), List.of());
    }

    private String flags(Path launcher, Path java, Map<String, String> environment, List<String> words)
            throws Exception {
        Files.writeString(java.resolve("bin/java"), "#!/bin/sh\necho \"$@\"\n");
        var all = new HashMap<>(environment);
        all.put("JAVA_HOME", java.toString());
        var command = new ArrayList<>(List.of(launcher.resolve("metastore").toString()));
        command.addAll(words);
        var ended = run(directory, all, command.toArray(String[]::new));
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        return ended.output();
    }

    private Path java(String version) throws IOException {
        var home = directory.resolve("java-" + version);
        var program = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(program, "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static Ended run(Path folder, Map<String, String> environment, String... command) throws Exception {
        var builder =
                new ProcessBuilder(List.of(command)).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
