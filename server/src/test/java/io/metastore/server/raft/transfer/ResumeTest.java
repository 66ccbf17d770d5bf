package io.metastore.server.raft.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotRequest;
import io.metastore.server.raft.transfer.CheckpointReceiver.Received;
import io.metastore.server.raft.transfer.CheckpointReceiver.Wanted;
import io.metastore.server.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A transfer that breaks, and goes on.
class ResumeTest {
    private static final TermIndex AT = TermIndex.valueOf(4, 1000);
    private static final Wanted WANTED = new Wanted(1000, 0, "b");
    private static final int CHUNK = CheckpointSender.CHUNK;

    @TempDir
    Path directory;

    private Path source;
    private Path incoming;
    private long delivered;

    @BeforeEach
    void aCheckpoint() throws IOException {
        source = directory.resolve("source");
        incoming = directory.resolve("incoming");
        write("000001.sst", 1, CHUNK * 2 + 17);
        write("000002.sst", 2, CHUNK);
        write("CURRENT", 3, 0);
        write("index/7.bin", 4, 3);
        write("index/8.bin", 5, 1);
    }

    /// How a receiver ends in the middle.
    enum Break {
        STREAM,
        CRASH,
        CRASH_WITH_HALF_A_WRITE,
        POWER_LOSS
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAM", "CRASH"})
    void whereverItBreaksNoByteIsSentTwice(Break how) throws IOException {
        int messages = 1 + 3 + 1 + 2;
        for (int reached = 0; reached < messages; reached++) {
            CheckpointReceiver.removeRemains(incoming);
            delivered = 0;
            breakOff(reached, how);

            assertThat(contents(finish().directory())).isEqualTo(contents(source));
            assertThat(delivered).isEqualTo(size(source));
        }
    }

    @Test
    void itArrivesHoweverOftenItBreaks() throws IOException {
        var random = Seed.random();
        for (int round = 0; round < 20; round++) {
            CheckpointReceiver.removeRemains(incoming);
            source = directory.resolve("source-" + round);
            for (int file = random.nextInt(1, 6); file > 0; file--) {
                write("f" + file, random.nextLong(), random.nextInt(3 * CHUNK));
            }
            for (int broken = random.nextInt(6); broken > 0; broken--) {
                breakOff(random.nextInt(8), Break.values()[random.nextInt(Break.values().length)], random);
            }

            assertThat(contents(finish().directory())).isEqualTo(contents(source));
        }
    }

    @Test
    void aBeginningThatIsNotThatOfTheFileIsFoundBeforeItIsGoneOnWith() throws IOException {
        breakOff(2, Break.CRASH);
        garble(onlyPart(), 100);
        delivered = 0;

        assertThat(contents(finish().directory())).isEqualTo(contents(source));
        assertThat(delivered).as("all of that file, from its first byte on").isEqualTo(size(source));
    }

    @Test
    void aWholeFileThatWasChangedIsFetchedAgainAndNoOther() throws IOException {
        breakOff(1 + 3 + 1, Break.CRASH);
        garble(part(CHUNK), CHUNK - 1);
        delivered = 0;

        assertThat(contents(finish().directory())).isEqualTo(contents(source));
        assertThat(delivered).isEqualTo(CHUNK + 3 + 1);
    }

    @Test
    void aFileThatGrewIsFetchedAgain() throws IOException {
        breakOff(1 + 3 + 1, Break.CRASH);
        Files.write(part(CHUNK), new byte[1], StandardOpenOption.APPEND);
        delivered = 0;

        assertThat(contents(finish().directory())).isEqualTo(contents(source));
        assertThat(delivered).isEqualTo(CHUNK + 3 + 1);
    }

    @Test
    void filesThatAnotherMemberHasToCountWhateverTheyAreCalledAndOthersWithTheirNamesDoNot() throws IOException {
        breakOff(1 + 3 + 1, Break.STREAM);
        source = directory.resolve("another");
        write("000009.sst", 2, CHUNK);
        write("000001.sst", 6, CHUNK * 2 + 17);
        delivered = 0;

        assertThat(contents(finish().directory())).isEqualTo(contents(source));
        assertThat(delivered).isEqualTo(CHUNK * 2 + 17);
    }

    @Test
    void whatTheNextCheckpointDoesNotNeedIsRemovedBeforeItComes() throws IOException {
        breakOff(1 + 3 + 1, Break.STREAM);
        source = directory.resolve("another");
        write("000009.sst", 2, CHUNK);
        write("000010.sst", 7, CHUNK);

        breakOff(1, Break.STREAM);

        assertThat(size(incoming.resolve("parts"))).isEqualTo(CHUNK);
    }

    @Test
    void aCheckpointThatWasCompleteAndNotTakenOverNeedNotComeAgain() throws IOException {
        var whole = finish().directory();
        Files.delete(whole.resolve("index/7.bin"));
        garble(whole.resolve("index/8.bin"), 0);
        delivered = 0;

        assertThat(contents(finish().directory())).isEqualTo(contents(source));
        assertThat(delivered).isEqualTo(3 + 1);
    }

    @Test
    void filesWithTheSameContentArrive() throws IOException {
        write("again/1", 1, CHUNK * 2 + 17);
        write("again/2", 1, CHUNK * 2 + 17);
        write("again/empty", 9, 0);
        for (int reached = 0; reached < 14; reached++) {
            CheckpointReceiver.removeRemains(incoming);
            breakOff(reached, Break.CRASH);

            assertThat(contents(finish().directory())).isEqualTo(contents(source));
        }
    }

    @Test
    void aMemberThatCannotGoOnSendsEverything() throws IOException {
        breakOff(1 + 3 + 1, Break.STREAM);
        delivered = 0;
        try (var receiver = CheckpointReceiver.open(incoming, WANTED)) {
            assertThat(receiver.held().isEmpty()).isFalse();
            deliver(CheckpointFiles.read(source, AT).sender(Holdings.NONE), receiver, Integer.MAX_VALUE);

            assertThat(contents(receiver.finish().directory())).isEqualTo(contents(source));
            assertThat(delivered).isEqualTo(size(source));
        }
    }

    @Test
    void aMemberThatDoesNotSayWhatItHasIsSentWhatItAlwaysWas() {
        var manifest = CheckpointFiles.read(source, AT)
                .sender(Holdings.of(SnapshotRequest.getDefaultInstance()))
                .next();

        assertThat(manifest.getManifest().getFilesList())
                .hasSize(5)
                .allSatisfy(file -> assertThat(file.getAllFields().keySet())
                        .extracting(field -> field.getName())
                        .isSubsetOf("name", "size", "sha256"));
    }

    @Test
    void aFileThatBeginsBehindWhatIsHereIsRefusedAndNothingIsLeft() throws IOException {
        breakOff(2, Break.STREAM);
        try (var receiver = CheckpointReceiver.open(incoming, WANTED);
                var sender = CheckpointFiles.read(source, AT).sender(receiver.held())) {
            var manifest = sender.next().toBuilder();
            manifest.getManifestBuilder().getFilesBuilder(0).setSentFrom(CHUNK + 1);

            assertThatThrownBy(() -> receiver.accept(manifest.build()))
                    .isInstanceOf(TransferException.class)
                    .hasMessageContaining("refused to go on with '000001.sst'");
        }
        assertThat(incoming).doesNotExist();
    }

    @Test
    void contentThatIsWrongInTheEndLeavesNothingToGoOnWith() throws IOException {
        try (var receiver = CheckpointReceiver.open(incoming, WANTED);
                var sender = CheckpointFiles.read(source, AT).sender(Holdings.NONE)) {
            garble(source.resolve("000001.sst"), 5);

            assertThatThrownBy(() -> deliver(sender, receiver, Integer.MAX_VALUE))
                    .isInstanceOf(TransferException.class)
                    .hasMessageContaining("does not have the announced sum");
        }
        assertThat(incoming).doesNotExist();
    }

    @Test
    void whoSentIsKeptInMindForAsLongAsItsFilesAre() throws IOException {
        assertThat(CheckpointReceiver.earlierSender(incoming)).isEmpty();
        breakOff(2, Break.CRASH);
        assertThat(CheckpointReceiver.earlierSender(incoming)).isEqualTo(Optional.of("b"));

        CheckpointReceiver.removeRemains(incoming);

        assertThat(CheckpointReceiver.earlierSender(incoming)).isEmpty();
    }

    @Test
    void whatAMemberSaysThatItHasTravelsAndWhatCannotBeIsPassedOver() throws IOException {
        breakOff(1 + 3 + 1, Break.STREAM);
        breakOff(0, Break.STREAM);
        var held = CheckpointReceiver.open(incoming, WANTED).held();
        var request = SnapshotRequest.newBuilder().addAllHeld(held.encoded());

        assertThat(Holdings.of(request.build())).isEqualTo(held);
        assertThat(held.beginnings()).hasSize(2);
        request.addHeld(request.getHeld(0).toBuilder().setHeld(Long.MAX_VALUE))
                .addHeld(request.getHeld(0).toBuilder().setHeld(-1))
                .addHeld(request.getHeld(0).toBuilder().setSize(-1))
                .addHeld(request.getHeld(0).toBuilder().setSha256(ByteString.EMPTY))
                .addHeld(request.getHeld(0).toBuilder().clearHeldSha256());
        assertThat(Holdings.of(request.build())).isEqualTo(held);
    }

    private Received finish() throws IOException {
        try (var receiver = CheckpointReceiver.open(incoming, WANTED);
                var sender = CheckpointFiles.read(source, AT).sender(receiver.held())) {
            long missing = sender.remaining();
            assertThat(sender.held() + missing).isEqualTo(size(source));
            deliver(sender, receiver, Integer.MAX_VALUE);
            assertThat(receiver.announced().orElseThrow().resumed()).isEqualTo(sender.held());
            return receiver.finish();
        }
    }

    private void breakOff(int messages, Break how) throws IOException {
        breakOff(messages, how, new Random(messages));
    }

    /// An attempt that ends after so many messages at most.
    private void breakOff(int messages, Break how, Random random) throws IOException {
        var receiver = CheckpointReceiver.open(incoming, WANTED);
        try (var sender = CheckpointFiles.read(source, AT).sender(receiver.held())) {
            deliver(sender, receiver, messages);
        }
        switch (how) {
            case STREAM -> receiver.close();
            case CRASH -> {}
            case CRASH_WITH_HALF_A_WRITE -> {
                for (var file : parts()) {
                    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                        channel.truncate(random.nextLong(Files.size(file) + 1));
                    }
                }
            }
            case POWER_LOSS -> {
                for (var file : parts()) {
                    garble(file, random.nextInt((int) Files.size(file)));
                }
            }
        }
    }

    private void deliver(CheckpointSender sender, CheckpointReceiver receiver, int messages) {
        for (int i = 0; i < messages && sender.hasNext(); i++) {
            SnapshotChunk chunk = sender.next();
            receiver.accept(chunk);
            delivered += chunk.getData().getContent().size();
        }
    }

    private Path onlyPart() throws IOException {
        assertThat(parts()).hasSize(1);
        return parts().getFirst();
    }

    private Path part(long size) throws IOException {
        for (var part : parts()) {
            if (Files.size(part) == size) {
                return part;
            }
        }
        throw new AssertionError("no part of " + size + " bytes in " + parts());
    }

    private List<Path> parts() throws IOException {
        var found = new ArrayList<Path>();
        try (var all = Files.list(incoming.resolve("parts"))) {
            for (var part : (Iterable<Path>) all::iterator) {
                if (Files.size(part) > 0) {
                    found.add(part);
                }
            }
        }
        return found;
    }

    private static void garble(Path file, int at) throws IOException {
        var content = Files.readAllBytes(file);
        content[at] ^= 1;
        Files.write(file, content);
    }

    private void write(String name, long seed, int size) throws IOException {
        var content = new byte[size];
        new Random(seed).nextBytes(content);
        var file = source.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, content);
    }

    private static long size(Path directory) throws IOException {
        return contents(directory).values().stream().mapToLong(ByteString::size).sum();
    }

    private static Map<String, ByteString> contents(Path directory) throws IOException {
        var contents = new TreeMap<String, ByteString>();
        try (var found = Files.walk(directory)) {
            for (var file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                contents.put(directory.relativize(file).toString(), ByteString.copyFrom(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
