package io.metastore.server.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The scripts and, beside each, what the real etcd answered.
///
/// A golden file holds one section for each case of its script:
///
///     === target=KEY
///     > Range key: "a" sort_target: KEY
///     < …
final class Corpus {
    private static final String SCRIPT = ".script";
    private static final String SECTION = "=== ";

    private final Path folder;

    Corpus(Path folder) {
        this.folder = folder;
    }

    /// All scripts in the order of their names.
    List<Script> scripts() {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(SCRIPT))
                    .sorted()
                    .map(file -> Script.parse(name(file), read(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /// What the real etcd answered in this case.
    ///
    /// @throws AssertionError when the case was never recorded
    String golden(Script.Case script) {
        var file = goldenFile(script.script().name());
        var transcript = Files.exists(file) ? sections(read(file)).get(script.label()) : null;
        if (transcript == null) {
            throw new AssertionError("not recorded: " + script.name() + "; see GoldenRecorder");
        }
        return transcript;
    }

    /// Cases in which our server is known to answer differently, and why: lines of `name  reason`.
    Map<String, String> differences() {
        var reasons = new LinkedHashMap<String, String>();
        read(folder.resolve("differences.txt"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("  ", 2))
                .forEach(row -> reasons.put(row[0], row[1]));
        return reasons;
    }

    /// @param transcripts by the label of the case, in the order of the table
    void record(Script script, Map<String, String> transcripts) {
        var text = new StringBuilder();
        transcripts.forEach((label, transcript) ->
                text.append((SECTION + label).stripTrailing()).append('\n').append(transcript));
        try {
            Files.writeString(goldenFile(script.name()), text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot record " + script.name(), e);
        }
    }

    private Path goldenFile(String name) {
        return folder.resolve(name + ".golden");
    }

    private String name(Path file) {
        var name = folder.relativize(file).toString();
        return name.substring(0, name.length() - SCRIPT.length());
    }

    private static Map<String, String> sections(String text) {
        var sections = new LinkedHashMap<String, String>();
        var mark = SECTION.strip();
        for (var section : text.split("(?m)^" + mark, -1)) {
            int head = section.indexOf('\n');
            if (head >= 0) {
                sections.put(section.substring(0, head).strip(), section.substring(head + 1));
            }
        }
        return sections;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
