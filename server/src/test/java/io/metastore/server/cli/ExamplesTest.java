package io.metastore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The configuration files in `docs/examples` are what the server takes. Those beside them are for Kubernetes.
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "docs", "examples", "2node-ha");

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
                    .isEqualTo(run.config().member().name().equals("witness"));
        });
    }
}
