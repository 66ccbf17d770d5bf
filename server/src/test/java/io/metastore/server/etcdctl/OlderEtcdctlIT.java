package io.metastore.server.etcdctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The command lines of `EtcdctlIT` with etcdctl of earlier versions: against the real etcd, now, and against ours they
/// print the same and end the same.
///
///     … -Detcd.program=/path/etcd -Detcdctl.versions=/path      where /path/3.4/etcdctl and so on are
///
/// A version that is not there is left out, and the report of the tests says so.
class OlderEtcdctlIT {
    private static final List<String> VERSIONS = List.of("3.4", "3.5", "3.6");

    /// Its command lines wait for a version that earlier ones do not show.
    private static final String DOWNGRADE = "downgrade";

    private static final List<String> SHOW_THE_STORAGE_VERSION = List.of("3.6");

    @TestFactory
    Stream<DynamicTest> earlierVersionsPrintWhatTheyPrintAgainstEtcd() {
        return VERSIONS.stream()
                .flatMap(version -> CommandLines.FILES.stream()
                        .filter(file -> !file.equals(DOWNGRADE) || SHOW_THE_STORAGE_VERSION.contains(version))
                        .map(file -> dynamicTest("etcdctl " + version + " " + file, () -> compare(version, file))));
    }

    private static void compare(String version, String file) throws IOException {
        var etcd = ServerProgram.etcd();
        assumeThat(etcd).as("LEFT OUT: -Detcd.program names no etcd").isPresent();
        var program = program(version);
        assumeThat(program)
                .as("LEFT OUT: -Detcdctl.versions has no etcdctl " + version)
                .isPresent();
        var lines = CommandLines.of(file);

        var theirs = lines.printed(etcd.orElseThrow(), program);
        var ours = lines.printed(ServerProgram.underTest(), program);

        assertThat(theirs).contains("$ etcdctl");
        assertThat(CommandLines.settled(ours)).isEqualTo(CommandLines.settled(theirs));
    }

    private static Optional<Path> program(String version) {
        return Optional.of(System.getProperty("etcdctl.versions", ""))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, version, "etcdctl"))
                .filter(Files::isExecutable);
    }
}
