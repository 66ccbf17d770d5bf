package io.metastore.server.bolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a checksum over two pages does not see. The file that is damaged has these pages: 0 and 1 meta, 2 the
/// free list, 3 to 6 leaves, 7 their branch, 8 the bucket of buckets.
class BoltFileTest {
    private static final int PAGE = Format.PAGE_BYTES;

    @TempDir
    Path directory;

    private byte[] whole = new byte[0];

    @BeforeEach
    void writeAFile() {
        var rows = new TreeMap<Bytes, Bytes>();
        for (int i = 0; i < 40; i++) {
            rows.put(Bytes.utf8("key %02d".formatted(i)), Bytes.wrap(new byte[300]));
        }
        whole = BoltFiles.read(List.of(BoltFiles.bucket("key", rows)), PAGE);
        assertThat(whole).hasSize(9 * PAGE);
    }

    @Test
    void withoutDamageItIsRead() throws IOException {
        assertThat(rows(file -> {})).hasSize(40);
    }

    @Test
    void theSecondPageStandsInForADamagedFirst() throws IOException {
        assertThat(rows(file -> file.put(30, (byte) 9))).hasSize(40);
        assertThat(rows(file -> file.put(PAGE + 30, (byte) 9))).hasSize(40);
    }

    @Test
    void withoutBothItIsNoDatabase() {
        refused("invalid database", file -> file.put(30, (byte) 9).put(PAGE + 30, (byte) 9));
    }

    @Test
    void aPageThatIsAnotherIsRefused() {
        refused("page 4: it calls itself page 9", file -> file.putLong(4 * PAGE, 9));
    }

    @Test
    void aPageOfAnotherKindIsRefused() {
        refused(
                "page 4: it is neither a branch nor a leaf, but of kind 16",
                file -> file.putShort(4 * PAGE + 8, (short) 16));
    }

    @Test
    void morePagesThanThereAreAreRefused() {
        refused("page 4: it spans 100 pages, but the file has 9", file -> file.putInt(4 * PAGE + 12, 99));
    }

    @Test
    void moreElementsThanFitAreRefused() {
        refused("page 4: it has no room for its 65535 elements", file -> file.putShort(4 * PAGE + 10, (short) -1));
    }

    @Test
    void aBranchWithoutChildrenIsRefused() {
        refused("page 7: it is a branch without children", file -> file.putShort(7 * PAGE + 10, (short) 0));
    }

    @Test
    void anElementOutsideOfItsPageIsRefused() {
        refused("page 4: element 0 lies outside of the page", file -> file.putInt(4 * PAGE + 16 + 8, 1 << 30));
    }

    @Test
    void aChildThatIsNotThereIsRefused() {
        refused("page 99: there is no such page, the file has 9", file -> file.putLong(7 * PAGE + 16 + 8, 99));
    }

    /// Or a walk would go round for ever.
    @Test
    void aBranchBelowItselfIsRefused() {
        refused("page 7: it is used twice", file -> file.putLong(7 * PAGE + 16 + 8, 7));
        assertThatThrownBy(() -> rows(file -> file.putLong(7 * PAGE + 16 + 8, 7)))
                .isInstanceOf(DamagedFileException.class)
                .hasMessage("page 7: element 0 is below 64 others");
    }

    @Test
    void keysOutOfOrderAreRefused() {
        refused("page 3: element 1 has a key that is not above the one before it", file -> {
            int second = 3 * PAGE + 16 + 16;
            file.put(second + file.getInt(second + 4) + 5, (byte) '0');
        });
    }

    @Test
    void aKeyThatBelongsIntoALaterPageIsRefused() {
        refused("element 10 has a key that belongs into a later page", file -> {
            int last = 3 * PAGE + 16 + 10 * 16;
            file.put(last + file.getInt(last + 4) + 4, (byte) '9');
        });
    }

    @Test
    void unknownFlagsOfARowAreRefused() {
        refused("page 3: element 0 has unknown flags 6", file -> file.putInt(3 * PAGE + 16, 6));
    }

    @Test
    void aPageThatNothingLeadsToIsRefused() {
        var longer = Arrays.copyOf(whole, whole.length + PAGE);
        whole = longer;
        var meta = new Meta(PAGE, 8, 2, 10, 7).page(0);
        refused("page 9: it is neither used nor free", file -> file.put(0, meta));
    }

    @Test
    void freePagesAreNoOnesElse() throws IOException {
        whole = Arrays.copyOf(whole, whole.length + PAGE);
        var meta = new Meta(PAGE, 8, 2, 10, 7).page(0);
        Consumer<ByteBuffer> lastIsFree =
                file -> file.put(0, meta).putShort(2 * PAGE + 10, (short) 1).putLong(2 * PAGE + 16, 9);
        assertThat(rows(lastIsFree)).hasSize(40);
        check(lastIsFree);

        refused("page 4: it is used, or free twice", lastIsFree.andThen(file -> file.putLong(2 * PAGE + 16, 4)));
        refused("page 2: it names page 77, which is none", lastIsFree.andThen(file -> file.putLong(2 * PAGE + 16, 77)));
        refused(
                "page 2: it has no room for its list of 60000 free pages",
                lastIsFree.andThen(file -> file.putShort(2 * PAGE + 10, (short) 60_000)));
        refused(
                "page 2: it is not the list of free pages",
                lastIsFree.andThen(file -> file.putShort(2 * PAGE + 8, (short) 2)));
    }

    @Test
    void aFileThatIsCutOffIsRefused() {
        whole = Arrays.copyOf(whole, 8 * PAGE + 100);

        refused("the file is cut off: it has 32868 bytes, but should have 9 pages of 4096", file -> {});
    }

    private void refused(String message, Consumer<ByteBuffer> damage) {
        assertThatThrownBy(() -> check(damage))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageEndingWith(message);
    }

    private void check(Consumer<ByteBuffer> damage) throws IOException {
        try (var file = BoltFile.open(damaged(damage))) {
            file.check();
        }
    }

    private Map<Bytes, Bytes> rows(Consumer<ByteBuffer> damage) throws IOException {
        try (var file = BoltFile.open(damaged(damage))) {
            return BoltFiles.rows(file, "key");
        }
    }

    private Path damaged(Consumer<ByteBuffer> damage) throws IOException {
        var bytes = whole.clone();
        damage.accept(Format.buffer(bytes));
        return Files.write(directory.resolve("damaged"), bytes);
    }
}
