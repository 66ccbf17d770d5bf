package io.metastore.server.raft.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.metastore.proto.command.v1.Command;
import io.metastore.proto.command.v1.Entry;
import io.metastore.proto.command.v1.Operation;
import io.metastore.proto.command.v1.Range;
import io.metastore.proto.command.v1.Txn;
import io.metastore.server.seed.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What is in somebody's log can be read for ever: `-Dgolden.update=true` writes the files for new cases, and a
/// change of an old file is a change of the format.
class EntryCodecTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/metastore/server/raft/codec");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    @TestFactory
    Stream<DynamicTest> bytesInALogMeanTheSameForEver() {
        return SampleEntries.commands().entrySet().stream()
                .map(sample -> dynamicTest(sample.getKey(), () -> {
                    var bytes = assembled(List.of(sample.getValue()));
                    var file = GOLDEN.resolve(sample.getKey() + ".hex");
                    if (UPDATE) {
                        Files.createDirectories(GOLDEN);
                        Files.writeString(file, HexFormat.of().formatHex(bytes.toByteArray()) + "\n");
                    }
                    var golden = HexFormat.of().parseHex(Files.readString(file).strip());

                    assertThat(bytes.toByteArray()).isEqualTo(golden);
                    assertThat(EntryCodec.decode(ByteBuffer.wrap(golden)))
                            .isEqualTo(new io.metastore.server.apply.Entry(
                                    SampleEntries.STAMP, List.of(sample.getValue())));
                }));
    }

    @Test
    void everyGoldenFileHasACase() throws IOException {
        try (var files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrderElementsOf(SampleEntries.commands().keySet().stream()
                            .map(name -> name + ".hex")
                            .toList());
        }
    }

    @Test
    void everyKindOfCommandHasACase() {
        var kinds = SampleEntries.commands().values().stream()
                .<Class<?>>map(io.metastore.server.request.Command::getClass)
                .collect(Collectors.toSet());

        assertThat(kinds)
                .containsExactlyInAnyOrderElementsOf(
                        kinds(io.metastore.server.request.Command.class).toList());
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(EntryCodecTest::kinds)
                : Stream.of(type);
    }

    @Test
    void aGroupKeepsItsEntriesAndTheirOrder() {
        var samples = SampleEntries.commands().values().stream()
                .map(command -> assembled(List.of(command)))
                .toList();

        var group = EntryCodec.decodeGroup(ByteBuffer.wrap(EntryCodec.group(samples)));

        assertThat(group)
                .isEqualTo(samples.stream()
                        .map(entry -> EntryCodec.decode(entry.asReadOnlyByteBuffer()))
                        .toList());
    }

    @Test
    void aGroupWithoutEntriesOrOfOtherBytesIsDamaged() {
        assertThatThrownBy(() -> EntryCodec.decodeGroup(ByteBuffer.allocate(0)))
                .isInstanceOf(DamagedEntryException.class);
        assertThatThrownBy(() -> EntryCodec.decodeGroup(ByteBuffer.wrap(new byte[] {10, 100, 1})))
                .isInstanceOf(DamagedEntryException.class);
    }

    @Test
    void anEntryKeepsItsStampAndTheOrderOfItsCommands() {
        var commands = List.copyOf(SampleEntries.commands().values());

        var entry = EntryCodec.decode(assembled(commands).asReadOnlyByteBuffer());

        assertThat(entry.stamp()).isEqualTo(SampleEntries.STAMP);
        assertThat(entry.commands()).isEqualTo(commands);
    }

    @Test
    void assembledBytesAreThoseOfTheWholeMessage() throws InvalidProtocolBufferException {
        var bytes = assembled(List.copyOf(SampleEntries.commands().values()));

        assertThat(Entry.parseFrom(bytes).toByteString()).isEqualTo(bytes);
    }

    @Test
    void everyChoiceOfARangeComesBack() {
        var txn = SampleEntries.everyRange();

        assertThat(EntryCodec.decodeCommand(EntryCodec.encode(txn))).isEqualTo(txn);
    }

    @Test
    void anEntryThatWasDecodedSharesNothingWithTheBuffer() {
        var bytes = assembled(List.copyOf(SampleEntries.commands().values())).toByteArray();
        var entry = EntryCodec.decode(ByteBuffer.wrap(bytes));

        Arrays.fill(bytes, (byte) 0x55);

        assertThat(entry.commands())
                .isEqualTo(List.copyOf(SampleEntries.commands().values()));
    }

    @Test
    void anEntryOfANewerFormatIsRefusedAndSaysWhatToDo() {
        var newer = Entry.newBuilder().setFormat(2).build().toByteString();

        assertThatThrownBy(() -> EntryCodec.decode(newer.asReadOnlyByteBuffer()))
                .isInstanceOf(DamagedEntryException.class)
                .hasMessageContaining("format 2")
                .hasMessageContaining("start the newer release again");
    }

    @Test
    void anEntryWithoutAFormatIsRefused() {
        assertThatThrownBy(() -> EntryCodec.decode(ByteBuffer.allocate(0))).isInstanceOf(DamagedEntryException.class);
    }

    @Test
    void aCommandOfAnUnknownKindIsRefused() {
        var unknown = Entry.newBuilder()
                .setFormat(EntryCodec.FORMAT)
                .addCommands(Command.getDefaultInstance())
                .build()
                .toByteString();

        assertThatThrownBy(() -> EntryCodec.decode(unknown.asReadOnlyByteBuffer()))
                .isInstanceOf(DamagedEntryException.class);
        assertThatThrownBy(() -> EntryCodec.decodeCommand(ByteString.EMPTY)).isInstanceOf(DamagedEntryException.class);
    }

    @Test
    void anUnknownChoiceIsRefused() {
        for (var range : List.of(
                Range.newBuilder().setSortOrder(9).build(),
                Range.newBuilder().setSortTarget(9).build(),
                Range.newBuilder().setDetail(9).build())) {
            var txn = Command.newBuilder()
                    .setTxn(Txn.newBuilder().addSuccess(Operation.newBuilder().setRange(range)))
                    .build();

            assertThatThrownBy(() -> EntryCodec.decodeCommand(txn.toByteString()))
                    .isInstanceOf(DamagedEntryException.class);
        }
    }

    /// Whatever a damaged log holds, it is an entry or it is refused: nothing else comes out.
    @Test
    void damagedBytesAreRefusedOrAreAnotherEntry() {
        var random = Seed.random();
        var whole = assembled(List.copyOf(SampleEntries.commands().values())).toByteArray();
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            var damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int flips = random.nextInt(1, 4); flips > 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            refused += isRefused(damaged) ? 1 : 0;
        }

        assertThat(refused).isBetween(1000, 2000);
    }

    private static boolean isRefused(byte[] bytes) {
        try {
            var _ = EntryCodec.decode(ByteBuffer.wrap(bytes));
            return false;
        } catch (DamagedEntryException e) {
            return true;
        }
    }

    private static ByteString assembled(List<io.metastore.server.request.Command> commands) {
        return EntryCodec.assemble(
                SampleEntries.STAMP, commands.stream().map(EntryCodec::encode).toList());
    }
}
