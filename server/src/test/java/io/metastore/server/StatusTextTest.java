package io.metastore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.cli.Tool;
import io.metastore.server.snapshot.SnapshotFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTextTest {
    private static final Path RECORDED = Path.of("src/test/resources/io/metastore/server/snapshot");

    @ParameterizedTest
    @ValueSource(strings = {"fresh", "history", "restored", "bumped", "users"})
    void everyFormatIsEtcdutls(String name) throws IOException {
        try (var file = SnapshotFile.open(RECORDED.resolve(name + ".db"))) {
            var text = new StatusText(file.status());

            var all = Stream.of(Tool.Format.SIMPLE, Tool.Format.JSON, Tool.Format.TABLE, Tool.Format.FIELDS)
                    .map(format -> text.in(format) + "\n")
                    .collect(Collectors.joining());

            assertThat(all).isEqualTo(Files.readString(RECORDED.resolve(name + ".status")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "9, 9 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "1536, 1.5 kB",
        "9949, 9.9 kB",
        "9951, 10 kB",
        "20480, 20 kB",
        "36864, 37 kB",
        "1000000, 1.0 MB",
        "2500000000, 2.5 GB"
    })
    void sizesAreRoundedAsGoDoes(long bytes, String text) {
        assertThat(StatusText.size(bytes)).isEqualTo(text);
    }
}
