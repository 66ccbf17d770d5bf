package io.metastore.server.mvcc;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.storage.MemoryStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Histories that were played to a real etcd 3.7.1 and recorded, answer by answer: the store gives the same
/// answers.
class EtcdRecordingTest {
    private static final String ANSWER = "=> ";

    @TestFactory
    Stream<DynamicTest> theStoreAnswersLikeEtcd() {
        return recordings()
                .map(recording ->
                        DynamicTest.dynamicTest(recording.getFileName().toString(), () -> check(recording, false)));
    }

    /// What a restart forgets are the hashes that compactions left, in etcd too: they are not asked for.
    @TestFactory
    Stream<DynamicTest> theStoreAnswersLikeEtcdWhenItIsReopenedAllTheTime() {
        return recordings()
                .map(recording ->
                        DynamicTest.dynamicTest(recording.getFileName().toString(), () -> check(recording, true)));
    }

    private static void check(Path recording, boolean reopening) throws IOException {
        var lines = Files.readAllLines(recording);
        var asked = reopening ? withoutHashesOfCompactions(lines) : lines;
        try (var fixture = new StoreFixture(MemoryStorage.volatileOnly())) {
            assertThat(replay(asked, fixture, reopening)).containsExactlyElementsOf(asked);
        }
    }

    /// Leaves out `hash rev=5` and its answer after `compact rev=5`.
    private static List<String> withoutHashesOfCompactions(List<String> lines) {
        var compacted = new HashSet<String>();
        var rest = new ArrayList<String>();
        boolean omitted = false;
        for (var line : lines) {
            if (line.startsWith("compact ")) {
                compacted.add(line.substring("compact ".length()));
            }
            boolean omit = line.startsWith("hash ") && compacted.contains(line.substring("hash ".length()));
            if (!omit && !(omitted && line.startsWith(ANSWER))) {
                rest.add(line);
            }
            omitted = omit;
        }
        assertThat(rest).anyMatch(line -> line.startsWith("hash "));
        return rest;
    }

    private static List<String> replay(List<String> lines, StoreFixture fixture, boolean reopening) {
        var history = new RecordedHistory(fixture);
        var played = new ArrayList<String>();
        for (var line : lines) {
            if (line.startsWith(ANSWER)) {
                continue;
            }
            played.add(line);
            if (!line.isEmpty() && !line.startsWith("#")) {
                played.add(ANSWER + history.play(line));
            }
            if (reopening) {
                fixture.reopen();
            }
        }
        return played;
    }

    private static Stream<Path> recordings() {
        try (var files =
                Files.list(Path.of(EtcdRecordingTest.class.getResource("etcd").toURI()))) {
            var recordings = files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
            assertThat(recordings).hasSizeGreaterThanOrEqualTo(4);
            return recordings.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
