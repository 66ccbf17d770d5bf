package io.metastore.server.cli.original;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The page for readers and the table of the code tell the same.
class KeyDocumentTest {
    private static final Path PAGE = Path.of("..", "docs", "design", "0014-original-form.md");

    @Test
    void thePageHasALineForEachKeyWithItsInitialValueAndItsFate() throws IOException {
        for (var key : new KeyTable().all()) {
            var start =
                    "| `" + key.path() + "` | " + (key.initial().isEmpty() ? "" : "`" + key.initial() + "`") + " | ";
            assertThat(Files.readAllLines(PAGE))
                    .filteredOn(line -> line.startsWith(start))
                    .as(start)
                    .singleElement()
                    .asString()
                    .contains(fate(key));
        }
    }

    @Test
    void thePageHasNoOtherKeys() throws IOException {
        var page = Files.readAllLines(PAGE);
        var keys = page.subList(page.indexOf("| key | initially | here |") + 2, page.size()).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split("`", -1)[1])
                .toList();

        assertThat(keys)
                .containsExactlyElementsOf(
                        new KeyTable().all().stream().map(Key::path).toList());
    }

    private static String fate(Key key) {
        return switch (key.effect()) {
            case HANDED_ON -> "| `" + key.note() + "` |";
            case READ -> "";
            case NONE -> "without effect: " + key.note() + " |";
            case ONLY_INITIAL -> "only `" + (key.initial().isEmpty() ? "\"\"" : key.initial()) + "`: " + key.note();
            case ABSENT -> "refused: " + key.note() + " |";
        };
    }
}
