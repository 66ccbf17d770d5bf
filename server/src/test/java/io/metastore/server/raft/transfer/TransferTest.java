package io.metastore.server.raft.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotChunk.Data;
import io.metastore.proto.peer.v1.SnapshotChunk.Manifest;
import io.metastore.server.model.Sha256;
import io.metastore.server.raft.transfer.CheckpointReceiver.Wanted;
import io.metastore.server.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferTest {
    private static final TermIndex AT = TermIndex.valueOf(4, 1000);
    private static final Wanted WANTED = new Wanted(1000, 0, "b");

    @TempDir
    Path directory;

    private Path source;
    private Path incoming;

    @BeforeEach
    void aCheckpoint() throws IOException {
        source = directory.resolve("source");
        incoming = directory.resolve("incoming");
        write("000001.sst", CheckpointSender.CHUNK * 2 + 17);
        write("000002.sst", CheckpointSender.CHUNK);
        write("CURRENT", 0);
        write("index/7.bin", 3);
        write("index/8.bin", 0);
    }

    @Test
    void aCheckpointArrivesAsItWas() throws IOException {
        var messages = messages();

        var received = receive(messages);

        assertThat(received.at()).isEqualTo(AT);
        assertThat(contents(received.directory())).isEqualTo(contents(source));
        assertThat(messages).hasSize(1 + 3 + 1 + 1);
        assertThat(messages)
                .allSatisfy(message -> assertThat(message.getSerializedSize()).isLessThan(CheckpointSender.CHUNK + 64));
    }

    @Test
    void aCheckpointOfEmptyFilesOrNoneArrives() throws IOException {
        source = directory.resolve("none");
        Files.createDirectories(source);
        assertThat(contents(receive(messages()).directory())).isEmpty();

        write("a", 0);
        write("b", 0);

        assertThat(contents(receive(messages()).directory())).containsOnlyKeys("a", "b");
    }

    @Test
    void everyMessageLeftOutRepeatedOrSwappedIsNoticed() throws IOException {
        var good = messages();
        for (var i = 0; i < good.size(); i++) {
            var without = new ArrayList<>(good);
            without.remove(i);
            assertRefused(without);

            var twice = new ArrayList<>(good);
            twice.add(i, good.get(i));
            assertRefused(twice);

            if (i > 0) {
                var swapped = new ArrayList<>(good);
                swapped.set(i, good.get(i - 1));
                swapped.set(i - 1, good.get(i));
                assertRefused(swapped);
            }
        }
    }

    @Test
    void everyKindOfFlippedBitIsNoticed() throws IOException {
        var random = Seed.random();
        var good = messages();
        for (var round = 0; round < 30; round++) {
            var chosen = 1 + random.nextInt(good.size() - 1);
            var data = good.get(chosen).getData();
            var content = data.getContent().toByteArray();
            content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
            var bad = new ArrayList<>(good);
            bad.set(chosen, data(data.getFile(), ByteString.copyFrom(content)));

            assertThatThrownBy(() -> receive(bad))
                    .isInstanceOf(TransferException.class)
                    .hasMessageContaining("does not have the announced sum");
        }
    }

    @Test
    void aStreamThatStopsAnywhereLeavesNothingBehind() throws IOException {
        var good = messages();
        for (var kept = 0; kept < good.size(); kept++) {
            assertRefused(good.subList(0, kept));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../x",
                "/etc/passwd",
                "a/../b",
                "a//b",
                "a/",
                "/a",
                "a\\b",
                "a\u0000b",
                ".hidden",
                "a/.b",
                "-rf",
                "\u00e9",
                "a b",
                "a/b/c/d/e/f/g/h/i"
            })
    void aNameThatIsNoneOfACheckpointIsRefused(String name) throws IOException {
        assertRefused(List.of(manifest(file(name, 0))));
        assertThat(directory.resolve("x")).doesNotExist();
    }

    @Test
    void namesThatCollideAreRefused() throws IOException {
        assertRefused(List.of(manifest(file("a", 0), file("a", 0))));
        assertRefused(List.of(manifest(file("a", 0), file("a/b", 0))));
        assertRefused(List.of(manifest(file("a/b/c", 0), file("a/b", 0))));
    }

    @Test
    void sizesThatCannotBeAreRefused() throws IOException {
        assertRefused(List.of(manifest(file("a", -1))));
        assertRefused(List.of(manifest(file("a", Long.MAX_VALUE), file("b", Long.MAX_VALUE))));
    }

    @Test
    void aCheckpointThatWouldFillTheVolumeIsRefusedBeforeItComes() throws IOException {
        assertThatThrownBy(() -> receive(List.of(manifest(file("a", Long.MAX_VALUE)))))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("are free");
        var usable = Files.getFileStore(directory).getUsableSpace();
        assertThatThrownBy(() -> receive(messages(), new Wanted(0, usable + (1L << 30), "b")))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("must stay free");
    }

    @Test
    void aCheckpointOlderThanTheLogIsRefused() {
        assertThatThrownBy(() -> receive(messages(), new Wanted(1001, 0, "b")))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("ends with entry 1000")
                .hasMessageContaining("behind entry 1001");
    }

    @Test
    void emptyMessagesAndEmptyContentAreRefused() throws IOException {
        var begin = messages().getFirst();

        assertRefused(List.of(SnapshotChunk.getDefaultInstance()));
        assertRefused(List.of(begin, SnapshotChunk.getDefaultInstance()));
        assertRefused(List.of(begin, data(0, ByteString.EMPTY)));
    }

    @Test
    void whatACrashLeftIsRemoved() throws IOException {
        try (var sender = CheckpointFiles.read(source, AT).sender(Holdings.NONE)) {
            var crashed = CheckpointReceiver.open(incoming, WANTED);
            crashed.accept(sender.next());
            crashed.accept(sender.next());
        }
        assertThat(contents(incoming)).isNotEmpty();

        assertThat(contents(receive(messages()).directory())).isEqualTo(contents(source));
        CheckpointReceiver.removeRemains(incoming);

        assertThat(incoming).doesNotExist();
        CheckpointReceiver.removeRemains(incoming);
    }

    @Test
    void afterAFailureNothingIsTakenAnyMore() throws IOException {
        var good = messages();
        try (var receiver = CheckpointReceiver.open(incoming, WANTED)) {
            receiver.accept(good.getFirst());
            assertThatThrownBy(() -> receiver.accept(good.getFirst())).isInstanceOf(TransferException.class);

            assertThatThrownBy(() -> receiver.accept(good.get(1))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(receiver::finish).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aCheckpointThatShrinksWhileItIsSentIsNoticed() throws IOException {
        try (var sender = CheckpointFiles.read(source, AT).sender(Holdings.NONE)) {
            sender.next();
            Files.write(source.resolve("000001.sst"), new byte[10]);

            assertThatThrownBy(sender::next)
                    .isInstanceOf(TransferException.class)
                    .hasMessageContaining("shorter");
        }
    }

    @Test
    void aLinkOutOfTheCheckpointIsNotSent() throws IOException {
        Files.createSymbolicLink(source.resolve("link"), directory);

        assertThatThrownBy(() -> CheckpointFiles.read(source, AT).sender(Holdings.NONE))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("is not a file");
    }

    private List<SnapshotChunk> messages() throws IOException {
        var messages = new ArrayList<SnapshotChunk>();
        try (var sender = CheckpointFiles.read(source, AT).sender(Holdings.NONE)) {
            sender.forEachRemaining(messages::add);
        }
        return messages;
    }

    private CheckpointReceiver.Received receive(List<SnapshotChunk> messages) throws IOException {
        return receive(messages, WANTED);
    }

    private CheckpointReceiver.Received receive(List<SnapshotChunk> messages, Wanted wanted) throws IOException {
        try (var receiver = CheckpointReceiver.open(incoming, wanted)) {
            messages.forEach(receiver::accept);
            return receiver.finish();
        }
    }

    private void assertRefused(List<SnapshotChunk> messages) {
        assertThatThrownBy(() -> receive(messages)).isInstanceOf(TransferException.class);
        assertThat(incoming).doesNotExist();
    }

    private void write(String name, int size) throws IOException {
        var content = new byte[size];
        new Random(size).nextBytes(content);
        var file = source.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, content);
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

    private static SnapshotChunk manifest(SnapshotChunk.File... files) {
        return SnapshotChunk.newBuilder()
                .setManifest(Manifest.newBuilder().setTerm(4).setIndex(1000).addAllFiles(List.of(files)))
                .build();
    }

    private static SnapshotChunk.File file(String name, long size) {
        return SnapshotChunk.File.newBuilder()
                .setName(name)
                .setSize(size)
                .setSha256(ByteString.copyFrom(Sha256.start().digest()))
                .build();
    }

    private static SnapshotChunk data(int file, ByteString content) {
        return SnapshotChunk.newBuilder()
                .setData(Data.newBuilder().setFile(file).setContent(content))
                .build();
    }
}
