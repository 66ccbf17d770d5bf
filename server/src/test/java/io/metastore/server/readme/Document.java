package io.metastore.server.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The commands in a text of this repository.
///
/// @param text in Markdown
record Document(String text) {
    /// The folder in which a reader of the text stands.
    static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern SHELL_BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Pattern MAKE = Pattern.compile("`(make [^`]+)`");

    static Document named(String name) {
        try {
            return new Document(Files.readString(HOME.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /// The lines of all shell blocks, without their comments.
    List<String> commands() {
        return SHELL_BLOCK
                .matcher(text)
                .results()
                .flatMap(block -> block.group(1).lines())
                .map(line -> line.replaceFirst("(^|\\s+)# .*", ""))
                .filter(line -> !line.isBlank())
                .toList();
    }

    /// All calls of make, in blocks and in running text.
    List<String> makes() {
        var inText = MAKE.matcher(text).results().map((MatchResult found) -> found.group(1));
        var inBlocks = commands().stream().filter(line -> line.startsWith("make "));
        return Stream.concat(inBlocks, inText).distinct().toList();
    }
}
