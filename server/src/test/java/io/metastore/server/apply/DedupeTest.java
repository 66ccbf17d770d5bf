package io.metastore.server.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.apply.EntryResult.Cause;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Put;
import io.metastore.server.storage.MemoryStorage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules by which an entry is applied once or never. The state before: in term 5, proposer 7 had sequence 10 of
/// its incarnation 3 applied.
class DedupeTest {
    private static final Stamp BEFORE = stamp(5, 7, 3, 10);

    record Case(long term, Stamp stamp, Optional<Cause> skipped) {}

    static Stream<Case> cases() {
        return Stream.of(
                applied(5, stamp(5, 7, 3, 11)),
                applied(5, stamp(5, 7, 3, 12)),
                skipped(5, stamp(5, 7, 3, 10), Cause.DUPLICATE),
                skipped(5, stamp(5, 7, 3, 9), Cause.DUPLICATE),
                skipped(5, stamp(5, 7, 3, 1), Cause.DUPLICATE),
                skipped(5, stamp(5, 7, 2, 11), Cause.STALE_PROPOSER),
                skipped(5, stamp(5, 7, 2, 1), Cause.STALE_PROPOSER),
                applied(5, stamp(5, 7, 4, 1)),
                applied(5, stamp(5, 7, 4, 10)),
                applied(5, stamp(5, 8, 1, 1)),
                skipped(6, stamp(5, 7, 3, 11), Cause.EPOCH_CHANGED),
                skipped(6, stamp(5, 7, 3, 10), Cause.EPOCH_CHANGED),
                skipped(6, stamp(5, 7, 2, 1), Cause.EPOCH_CHANGED),
                skipped(6, stamp(7, 7, 3, 11), Cause.EPOCH_CHANGED),
                applied(6, stamp(6, 7, 3, 11)),
                skipped(6, stamp(6, 7, 3, 10), Cause.DUPLICATE),
                skipped(6, stamp(6, 7, 2, 99), Cause.STALE_PROPOSER));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anEntryIsAppliedOnceOrNever(Case one) {
        try (var storage = MemoryStorage.volatileOnly()) {
            var replica = new Replica(storage);
            replica.applier
                    .apply(new Position(5, 1), List.of(entry(BEFORE, "before")))
                    .getFirst();

            check(replica, one);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRestartForgetsNothing(Case one) {
        try (var storage = MemoryStorage.volatileOnly()) {
            var replica = new Replica(storage);
            replica.applier
                    .apply(new Position(5, 1), List.of(entry(BEFORE, "before")))
                    .getFirst();
            replica.restart();

            check(replica, one);
        }
    }

    /// They share a batch: what the first has done is not in the storage yet when the next is judged.
    @Test
    void entriesThatShareAPlaceAreJudgedInTheLightOfThoseBeforeThem() {
        try (var storage = MemoryStorage.volatileOnly()) {
            var replica = new Replica(storage);
            var results = replica.applier.apply(
                    new Position(5, 1),
                    List.of(
                            entry(stamp(5, 7, 3, 10), "first"),
                            entry(stamp(5, 7, 3, 10), "again"),
                            entry(stamp(5, 8, 1, 1), "other"),
                            entry(stamp(4, 7, 3, 11), "late"),
                            entry(stamp(5, 7, 3, 11), "second"),
                            entry(stamp(5, 7, 2, 12), "stale")));

            assertThat(results)
                    .satisfiesExactly(
                            result -> assertThat(result).isInstanceOf(EntryResult.Applied.class),
                            result -> assertThat(result).isEqualTo(new EntryResult.Skipped(Cause.DUPLICATE)),
                            result -> assertThat(result).isInstanceOf(EntryResult.Applied.class),
                            result -> assertThat(result).isEqualTo(new EntryResult.Skipped(Cause.EPOCH_CHANGED)),
                            result -> assertThat(result).isInstanceOf(EntryResult.Applied.class),
                            result -> assertThat(result).isEqualTo(new EntryResult.Skipped(Cause.STALE_PROPOSER)));
            replica.restart();
            assertThat(replica.applier.lastSequence(new MemberId(7), 3)).isEqualTo(11);
            assertThat(replica.applier.lastSequence(new MemberId(8), 1)).isEqualTo(1);
        }
    }

    private static void check(Replica replica, Case one) {
        var stamp = one.stamp();

        var result = replica.applier
                .apply(new Position(one.term(), 2), List.of(entry(stamp, "after")))
                .getFirst();

        boolean applied = one.skipped().isEmpty();
        var last = applied ? stamp : BEFORE;
        assertThat(replica.read("after").isPresent()).isEqualTo(applied);
        assertThat(result instanceof EntryResult.Skipped(var cause) ? Optional.of(cause) : Optional.empty())
                .isEqualTo(one.skipped());
        assertThat(replica.applier.lastSequence(last.proposer(), last.incarnation()))
                .isEqualTo(last.sequence());
        assertThat(replica.applier.persist()).isEqualTo(new Position(one.term(), 2));
    }

    private static Case applied(long term, Stamp stamp) {
        return new Case(term, stamp, Optional.empty());
    }

    private static Case skipped(long term, Stamp stamp, Cause cause) {
        return new Case(term, stamp, Optional.of(cause));
    }

    private static Stamp stamp(long epoch, long proposer, long incarnation, long sequence) {
        return new Stamp(epoch, new MemberId(proposer), incarnation, sequence);
    }

    private static Entry entry(Stamp stamp, String key) {
        return new Entry(stamp, List.of(Put.of(Bytes.utf8(key), Bytes.EMPTY)));
    }
}
