package io.metastore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.config.ServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The configuration files in `docs/examples` are what the server takes. Those beside them are for Kubernetes.
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "docs", "examples", "2node-ha");

    @Test
    void bothFormsDescribeTheSameThreeMembers() {
        for (var name : List.of("node1.yaml", "node2.yaml", "witness.yaml")) {
            var ours = config(EXAMPLES.resolve("etcd-flags").resolve(name));
            var original = config(EXAMPLES.resolve("original").resolve(name));

            assertThat(original.listeners()).as(name).isEqualTo(ours.listeners());
            assertThat(original.storage()).as(name).isEqualTo(ours.storage());
            assertThat(original.raft()).as(name).isEqualTo(ours.raft());
            assertThat(original.member().dataDir())
                    .as(name)
                    .isEqualTo(ours.member().dataDir());
            assertThat(original.bootstrap().members().values())
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(
                            ours.bootstrap().members().values());
        }
    }

    private static ServerConfig config(Path file) {
        return ((CommandLine.Result.Run) CommandLine.parse(new String[] {"--config-file=" + file}, Map.of())).config();
    }

    static Stream<Path> files() throws IOException {
        try (var files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachIsAConfigurationWithoutWarnings(Path file) {
        var result = CommandLine.parse(new String[] {"--config-file=" + file}, Map.of());

        assertThat(result).isInstanceOfSatisfying(CommandLine.Result.Run.class, run -> {
            assertThat(run.warnings()).singleElement().asString().startsWith("loaded server configuration from ");
            assertThat(run.config().founding(InetAddress::getByName).members())
                    .containsKey(run.config().member().name());
            assertThat(run.config().storage().isWitness())
                    .isEqualTo(String.valueOf(file.getFileName()).equals("witness.yaml"));
        });
    }
}
