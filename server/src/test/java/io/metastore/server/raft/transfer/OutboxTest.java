package io.metastore.server.raft.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.apply.Position;
import io.metastore.server.raft.transfer.Outbox.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    @TempDir
    Path directory;

    private long now = Long.MAX_VALUE - 1000;
    private Outbox outbox;

    @BeforeEach
    void anOutbox() throws IOException {
        Files.createDirectories(directory.resolve("out/of-an-earlier-start"));
        outbox = new Outbox(directory.resolve("out"), () -> now);
    }

    @Test
    void whatAnEarlierStartLeftIsRemoved() {
        assertThat(directory.resolve("out")).doesNotExist();
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void whoComesBackFindsTheSameFilesAndNobodyElseDoes() throws IOException {
        made("b", 100).close();

        try (var again = outbox.find(order("b", 100)).orElseThrow()) {
            assertThat(again.files().at().getIndex()).isEqualTo(100);
            assertThat(again.files().files()).hasSize(1);
        }
        assertThat(outbox.find(order("c", 100))).isEmpty();
        assertThat(outbox.find(order("b", 101)))
                .as("the log begins behind it by now")
                .isEmpty();
    }

    @Test
    void aNewOneTakesThePlaceOfTheOldOneWhichGoesWithItsLastReader() throws IOException {
        var first = made("b", 100);
        var reader = outbox.find(order("b", 100)).orElseThrow();
        var second = made("b", 200);
        assertThat(made()).hasSize(2);

        first.close();
        assertThat(made()).hasSize(2);
        reader.close();
        assertThat(made()).hasSize(1);

        second.close();
        assertThat(outbox.find(order("b", 200))).isPresent();
        made("b", 300).close();
        assertThat(made()).as("the second one is in use").hasSize(2);
    }

    @Test
    void whatIsNotUsedForLongIsRemoved() throws IOException {
        made("b", 100).close();
        pass(Duration.ofSeconds(119));
        outbox.sweep(false);
        var used = outbox.find(order("b", 0)).orElseThrow();
        pass(Duration.ofHours(1));
        outbox.sweep(false);
        outbox.sweep(true);
        assertThat(made()).hasSize(1);

        used.close();
        pass(Duration.ofSeconds(121));
        outbox.sweep(false);

        assertThat(made()).isEmpty();
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void whatIsNotUsedIsRemovedAtOnceWhenSpaceIsScarce() throws IOException {
        made("b", 100).close();

        outbox.sweep(true);

        assertThat(made()).isEmpty();
        assertThat(outbox.find(order("b", 0))).isEmpty();
    }

    @Test
    void ofManyOnlyTheLastUsedAreKept() throws IOException {
        for (int asker = 0; asker < 10; asker++) {
            made("m" + asker, 100).close();
            pass(Duration.ofSeconds(1));
        }

        outbox.sweep(false);

        assertThat(made()).hasSize(4);
        assertThat(outbox.find(order("m9", 100))).isPresent();
        assertThat(outbox.find(order("m5", 100))).isEmpty();
    }

    @Test
    void whatCouldNotBeMadeOrReadIsNotFoundAgain() throws IOException {
        assertThatThrownBy(() -> outbox.make(order("b", 100), target -> {
                    Files.createDirectories(target);
                    throw new IOException("the disk is full");
                }))
                .hasMessage("the disk is full");
        assertThat(made()).isEmpty();
        assertThat(outbox.isEmpty()).isTrue();

        var kept = made("b", 100);
        kept.spoiled();
        assertThat(outbox.find(order("b", 100))).isEmpty();
        kept.close();
        assertThat(made()).isEmpty();
    }

    @Test
    void theLogIsKeptForWhoeverReadsOrHasJustRead() throws IOException {
        assertThat(outbox.logFrom()).isEmpty();
        var first = made("b", 100);
        made("c", 200).close();
        assertThat(outbox.logFrom()).contains(new Position(1, 100));

        pass(Duration.ofSeconds(31));
        assertThat(outbox.logFrom()).contains(new Position(1, 100));
        first.close();
        assertThat(outbox.logFrom()).contains(new Position(1, 100));
        pass(Duration.ofSeconds(31));
        assertThat(outbox.logFrom()).isEmpty();
    }

    @Test
    void theLogIsNotKeptForEver() throws IOException {
        var slow = made("b", 100);
        pass(Duration.ofMinutes(31));

        assertThat(outbox.logFrom()).isEmpty();
        slow.close();
    }

    private Outbox.Kept made(String asker, long index) throws IOException {
        return outbox.make(order(asker, index), target -> {
            Files.createDirectories(target);
            Files.writeString(target.resolve("rows"), asker + index);
            return new Position(1, index);
        });
    }

    private static Order order(String asker, long atLeast) {
        return new Order(asker, atLeast, new Position(1, atLeast));
    }

    private List<Path> made() throws IOException {
        try (var found = Files.list(directory.resolve("out"))) {
            return found.toList();
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
