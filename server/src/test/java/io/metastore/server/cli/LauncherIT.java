package io.metastore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

    private String flags(Path launcher, Path java) throws Exception {
        Files.writeString(java.resolve("bin/java"), "#!/bin/sh\necho \"$@\"\n");
        var ended = run(
                directory,
                Map.of("JAVA_HOME", java.toString()),
                launcher.resolve("metastore").toString());
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
