package io.metastore.server.mvcc;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.storage.MemoryStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /// Etcd forgets the hashes of compactions at a restart, the store does not: so the answers are the same.
    @TestFactory
    Stream<DynamicTest> theStoreAnswersLikeEtcdWhenItIsReopenedAllTheTime() {
        return recordings()
                .map(recording ->
                        DynamicTest.dynamicTest(recording.getFileName().toString(), () -> check(recording, true)));
    }

    private static void check(Path recording, boolean reopening) throws IOException {
        var lines = Files.readAllLines(recording);
        try (var fixture = new StoreFixture(MemoryStorage.volatileOnly())) {
            assertThat(replay(lines, fixture, reopening)).containsExactlyElementsOf(lines);
        }
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
