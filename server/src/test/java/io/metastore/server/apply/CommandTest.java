package io.metastore.server.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Alarm;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Command;
import io.metastore.server.request.Command.CheckpointLeases;
import io.metastore.server.request.Command.CheckpointLeases.Remaining;
import io.metastore.server.request.Command.Compact;
import io.metastore.server.request.Command.GrantLease;
import io.metastore.server.request.Command.RevokeLease;
import io.metastore.server.request.Command.SetAlarm;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Outcome.Accepted;
import io.metastore.server.request.Outcome.Alarms;
import io.metastore.server.request.Outcome.DeleteDone;
import io.metastore.server.request.Outcome.PutDone;
import io.metastore.server.request.Outcome.Refused;
import io.metastore.server.request.Outcome.TxnDone;
import io.metastore.server.request.Put;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import io.metastore.server.storage.MemoryStorage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What each command does to the state, and when it is refused.
class CommandTest {
    private static final LeaseId LEASE = LeaseId.of(3);
    private static final LeaseId OTHER = LeaseId.of(-4);

    private final Replica replica = new Replica(MemoryStorage.volatileOnly());

    @AfterEach
    void close() {
        replica.storage.close();
    }

    @Nested
    class APut {
        @Test
        void raisesTheRevisionAndTellsWhatWasBeforeOnlyWhenAsked() {
            assertThat(replica.apply(put("a", "1", LeaseId.NONE))).isEqualTo(new PutDone(2, List.of()));
            assertThat(replica.apply(put("a", "2", LeaseId.NONE))).isEqualTo(new PutDone(3, List.of()));

            var outcome = replica.apply(new Put(key("a"), key("3"), LeaseId.NONE, true, false, false));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            PutDone.class,
                            done -> assertThat(done.previous()).singleElement().satisfies(previous -> {
                                assertThat(previous.value()).isEqualTo(key("2"));
                                assertThat(previous.modRevision()).isEqualTo(3);
                                assertThat(previous.version()).isEqualTo(2);
                            }));
        }

        @Test
        void needsItsLease() {
            assertThat(replica.apply(put("a", "1", LEASE))).isEqualTo(new Refused(Reason.LEASE_NOT_FOUND));
            assertThat(replica.revision()).isEqualTo(1);
        }

        @Test
        void movesTheKeyToItsLease() {
            grant(LEASE, OTHER);

            replica.apply(put("a", "1", LEASE));
            assertThat(keys(LEASE)).containsExactly("a");

            replica.apply(put("a", "2", LEASE));
            assertThat(keys(LEASE)).containsExactly("a");

            replica.apply(put("a", "3", OTHER));
            assertThat(keys(LEASE)).isEmpty();
            assertThat(keys(OTHER)).containsExactly("a");

            replica.apply(put("a", "4", LeaseId.NONE));
            assertThat(keys(OTHER)).isEmpty();
        }

        @Test
        void canKeepTheValueOrTheLease() {
            grant(LEASE, OTHER);
            replica.apply(put("a", "1", LEASE));

            replica.apply(new Put(key("a"), key("2"), LeaseId.NONE, false, false, true));
            assertThat(replica.read("a")).hasValueSatisfying(read -> {
                assertThat(read.value()).isEqualTo(key("2"));
                assertThat(read.lease()).isEqualTo(LEASE);
            });
            assertThat(keys(LEASE)).containsExactly("a");

            replica.apply(new Put(key("a"), Bytes.EMPTY, OTHER, false, true, false));
            assertThat(replica.read("a")).hasValueSatisfying(read -> {
                assertThat(read.value()).isEqualTo(key("2"));
                assertThat(read.lease()).isEqualTo(OTHER);
            });
            assertThat(keys(LEASE)).isEmpty();

            replica.apply(new Put(key("a"), Bytes.EMPTY, LeaseId.NONE, false, true, true));
            assertThat(replica.read("a")).hasValueSatisfying(read -> {
                assertThat(read.version()).isEqualTo(4);
                assertThat(read.lease()).isEqualTo(OTHER);
            });
        }

        @Test
        void cannotKeepAnythingOfAMissingKey() {
            var refused = new Refused(Reason.KEY_NOT_FOUND);

            assertThat(replica.apply(new Put(key("a"), Bytes.EMPTY, LeaseId.NONE, false, true, false)))
                    .isEqualTo(refused);
            assertThat(replica.apply(new Put(key("a"), key("1"), LeaseId.NONE, false, false, true)))
                    .isEqualTo(refused);
            assertThat(replica.revision()).isEqualTo(1);
        }
    }

    @Nested
    class ADelete {
        @Test
        void ofNothingLeavesTheRevision() {
            assertThat(replica.apply(new DeleteRange(KeyRange.ALL, true))).isEqualTo(new DeleteDone(1, 0, List.of()));
            assertThat(replica.heard).isEmpty();
        }

        @Test
        void takesAllKeysInOneRevisionAndDetachesThem() {
            grant(LEASE);
            replica.apply(put("b", "1", LEASE));
            replica.apply(put("a", "1", LEASE));
            replica.apply(put("c", "1", LEASE));

            var outcome = replica.apply(new DeleteRange(new KeyRange(key("a"), key("c")), true));

            assertThat(outcome).isInstanceOfSatisfying(DeleteDone.class, done -> {
                assertThat(done.revision()).isEqualTo(5);
                assertThat(done.deleted()).isEqualTo(2);
                assertThat(done.previous())
                        .extracting(previous -> previous.key().utf8())
                        .containsExactly("a", "b");
            });
            assertThat(keys(LEASE)).containsExactly("c");
            assertThat(replica.heard).endsWith("5 DELETE a DELETE b");
        }

        @Test
        void returnsWhatWasBeforeOnlyWhenAsked() {
            replica.apply(put("a", "1", LeaseId.NONE));

            assertThat(replica.apply(new DeleteRange(KeyRange.ALL, false))).isEqualTo(new DeleteDone(3, 1, List.of()));
        }
    }

    @Nested
    class ALease {
        @Test
        void isGrantedOnce() {
            grant(LEASE);

            assertThat(replica.apply(new GrantLease(LEASE, 60))).isEqualTo(new Refused(Reason.LEASE_EXISTS));
        }

        @Test
        void needsANumber() {
            assertThat(replica.apply(new GrantLease(LeaseId.NONE, 60))).isEqualTo(new Refused(Reason.LEASE_NOT_FOUND));
        }

        @Test
        void takesItsKeysWithItInTheirOrderInOneRevision() {
            grant(LEASE, OTHER);
            replica.apply(put("b", "1", LEASE));
            replica.apply(put("a", "1", LEASE));
            replica.apply(put("aa", "1", OTHER));
            replica.heard.clear();

            assertThat(replica.apply(new RevokeLease(LEASE))).isEqualTo(new Accepted(5));

            assertThat(replica.heard).containsExactly("revoked 3", "5 DELETE a DELETE b");
            assertThat(replica.read("aa")).isPresent();
            assertThat(keys(LEASE)).isEmpty();
            assertThat(replica.apply(new RevokeLease(LEASE))).isEqualTo(new Refused(Reason.LEASE_NOT_FOUND));
        }

        @Test
        void withoutKeysRaisesNoRevisionWhenItEnds() {
            grant(LEASE);

            assertThat(replica.apply(new RevokeLease(LEASE))).isEqualTo(new Accepted(1));

            assertThat(replica.heard).containsExactly("granted 3", "revoked 3");
        }

        @Test
        void isCheckpointedUnlessItIsGone() {
            grant(LEASE);

            var outcome =
                    replica.apply(new CheckpointLeases(List.of(new Remaining(OTHER, 5), new Remaining(LEASE, 25))));

            assertThat(outcome).isEqualTo(new Accepted(1));
            assertThat(replica.state.leases().find(LEASE))
                    .hasValueSatisfying(
                            lease -> assertThat(lease.remainingSeconds()).isEqualTo(25));
            assertThat(replica.state.leases().find(OTHER)).isEmpty();
            assertThat(replica.heard).containsExactly("granted 3", "checkpointed 3 25");
        }
    }

    @Nested
    class ACompaction {
        @Test
        void isRefusedOutsideTheHistory() {
            replica.apply(put("a", "1", LeaseId.NONE));
            replica.apply(put("a", "2", LeaseId.NONE));

            assertThat(replica.apply(new Compact(4))).isEqualTo(new Refused(Reason.FUTURE_REVISION));
            assertThat(replica.apply(new Compact(2))).isEqualTo(new Accepted(3));
            assertThat(replica.apply(new Compact(2))).isEqualTo(new Refused(Reason.COMPACTED));
            assertThat(replica.state.store().compactedRevision()).isEqualTo(2);
        }
    }

    @Nested
    class AnAlarm {
        private final Alarm noSpace = new Alarm(new MemberId(7), Alarm.Kind.NO_SPACE);
        private final Alarm corrupt = new Alarm(new MemberId(7), Alarm.Kind.CORRUPT);

        @Test
        void isListedWithTheOthersUntilItIsDisarmed() {
            assertThat(replica.apply(new SetAlarm(noSpace, true))).isEqualTo(new Alarms(1, List.of(noSpace)));
            assertThat(replica.apply(new SetAlarm(corrupt, true))).isEqualTo(new Alarms(1, List.of(noSpace, corrupt)));
            assertThat(replica.apply(new SetAlarm(noSpace, false))).isEqualTo(new Alarms(1, List.of(corrupt)));
        }

        @Test
        void forLackOfSpaceRefusesWhatGrowsAndNothingElse() {
            grant(LEASE);
            replica.apply(put("a", "1", LEASE));
            replica.apply(put("b", "1", LeaseId.NONE));
            replica.apply(new SetAlarm(noSpace, true));
            var refused = new Refused(Reason.NO_SPACE);
            var deep = new Txn(List.of(), List.of(), List.of(put("c", "1", LeaseId.NONE)));

            assertThat(replica.apply(put("c", "1", LeaseId.NONE))).isEqualTo(refused);
            assertThat(replica.apply(new GrantLease(OTHER, 60))).isEqualTo(refused);
            assertThat(replica.apply(new Txn(List.of(), List.of(deep), List.of())))
                    .isEqualTo(refused);

            assertThat(replica.apply(new Txn(List.of(), List.of(delete("b")), List.of())))
                    .isInstanceOf(TxnDone.class);
            assertThat(replica.apply(delete("b"))).isInstanceOf(DeleteDone.class);
            assertThat(replica.apply(new Compact(2))).isInstanceOf(Accepted.class);
            assertThat(replica.apply(new CheckpointLeases(List.of(new Remaining(LEASE, 5)))))
                    .isInstanceOf(Accepted.class);
            assertThat(replica.apply(new RevokeLease(LEASE))).isInstanceOf(Accepted.class);
            assertThat(replica.apply(new SetAlarm(noSpace, false))).isInstanceOf(Alarms.class);
            assertThat(replica.apply(put("c", "1", LeaseId.NONE))).isInstanceOf(PutDone.class);
        }

        @Test
        void forDamagedDataRefusesEveryChangeOfData() {
            grant(LEASE);
            replica.apply(put("a", "1", LEASE));
            replica.apply(new SetAlarm(noSpace, true));
            replica.apply(new SetAlarm(corrupt, true));
            var refused = new Refused(Reason.CORRUPT);

            assertThat(replica.applyTogether(
                            put("a", "2", LeaseId.NONE),
                            delete("a"),
                            new Txn(List.of(), List.of(), List.of()),
                            new Compact(2),
                            new GrantLease(OTHER, 60),
                            new RevokeLease(LEASE)))
                    .containsOnly(refused);

            assertThat(replica.applyTogether(
                            new CheckpointLeases(List.of(new Remaining(LEASE, 5))),
                            new Command.PublishMember(new MemberId(7), "m", List.of()),
                            new SetAlarm(corrupt, false),
                            delete("a")))
                    .doesNotContain(refused);
        }

        @Test
        void restrictsCommandsOfTheSameEntry() {
            var outcomes = replica.applyTogether(
                    put("a", "1", LeaseId.NONE), new SetAlarm(noSpace, true), put("a", "2", LeaseId.NONE));

            assertThat(outcomes)
                    .containsExactly(
                            new PutDone(2, List.of()), new Alarms(2, List.of(noSpace)), new Refused(Reason.NO_SPACE));
        }
    }

    private void grant(LeaseId... leases) {
        for (var lease : leases) {
            replica.apply(new GrantLease(lease, 60));
        }
    }

    private List<String> keys(LeaseId lease) {
        return replica.state.leases().keys(lease).stream().map(Bytes::utf8).toList();
    }

    private static Put put(String key, String value, LeaseId lease) {
        return new Put(key(key), key(value), lease, false, false, false);
    }

    private static DeleteRange delete(String key) {
        return new DeleteRange(KeyRange.single(key(key)), false);
    }

    private static Bytes key(String text) {
        return Bytes.utf8(text);
    }
}
