package io.metastore.server.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Command;
import io.metastore.server.request.Command.GrantLease;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.Outcome.Accepted;
import io.metastore.server.request.Outcome.LeaseGranted;
import io.metastore.server.request.Outcome.PutDone;
import io.metastore.server.request.Outcome.Refused;
import io.metastore.server.request.Put;
import io.metastore.server.request.Reason;
import io.metastore.server.storage.MemoryStorage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplierTest {
    private static final Member SEVEN = Member.unstarted(Replica.PROPOSER, List.of("http://seven:1"), false);
    private static final Member EIGHT = Member.unstarted(new MemberId(8), List.of("http://eight:1"), false);
    private final Replica replica = new Replica(MemoryStorage.volatileOnly());

    @AfterEach
    void close() {
        replica.storage.close();
    }

    @Test
    void anEmptyStorageIsBeforeTheFirstEntry() {
        assertThat(replica.applier.applied()).isEqualTo(Position.NONE);
        assertThat(replica.applier.lastSequence(Replica.PROPOSER, 1)).isZero();
        assertThat(replica.revision()).isEqualTo(1);
    }

    @Test
    void aMemberThatIsLeftAloneVotesAndAllOthersAreRemovedForGood() {
        var learner = Member.unstarted(new MemberId(9), List.of("http://nine:1"), true);
        replica.applier.found(List.of(SEVEN, EIGHT, learner));
        replica.apply(new Command.PublishMember(learner.id(), "nine", List.of("http://nine:2")));
        assertThat(replica.applier.lastSequence(Replica.PROPOSER, 1)).isPositive();
        var at = new Position(Replica.TERM, replica.applier.applied().index() + 1);

        replica.applier.leftAlone(at, Member.unstarted(learner.id(), List.of("http://elsewhere:1"), false));

        for (int start = 0; start < 2; start++) {
            var members = replica.applier.members();
            assertThat(members.all())
                    .containsExactly(learner.introduced("nine", List.of("http://nine:2"), false)
                            .promoted());
            assertThat(members.hasRemoved(SEVEN.id())).isTrue();
            assertThat(members.hasRemoved(EIGHT.id())).isTrue();
            assertThat(replica.applier.applied()).isEqualTo(at);
            assertThat(replica.applier.lastSequence(Replica.PROPOSER, 1)).isZero();
            replica.restart();
        }
    }

    @Test
    void whoIsLeftAloneAfterItWasRemovedIsAMemberAgain() {
        replica.applier.found(List.of(SEVEN, EIGHT));
        replica.apply(new MemberCommand.Remove(EIGHT.id()));
        var at = new Position(Replica.TERM, replica.applier.applied().index() + 1);

        replica.applier.leftAlone(at, EIGHT);

        for (int start = 0; start < 2; start++) {
            assertThat(replica.applier.members().all()).containsExactly(EIGHT);
            assertThat(replica.applier.members().hasRemoved(EIGHT.id())).isFalse();
            replica.restart();
        }
    }

    @Test
    void commandsOfAnEntrySeeTheEffectsOfThoseBefore() {
        var lease = LeaseId.of(3);
        var withLease = new Put(Bytes.utf8("a"), Bytes.utf8("1"), lease, false, false, false);
        var keepingLease = new Put(Bytes.utf8("a"), Bytes.utf8("2"), LeaseId.NONE, true, false, true);

        var outcomes = replica.applyTogether(
                new GrantLease(lease, 60),
                new GrantLease(lease, 60),
                withLease,
                keepingLease,
                new Command.RevokeLease(lease),
                withLease);

        assertThat(outcomes.get(0)).isEqualTo(new LeaseGranted(1, lease, 60));
        assertThat(outcomes.get(1)).isEqualTo(new Refused(Reason.LEASE_EXISTS));
        assertThat(outcomes.get(2)).isEqualTo(new PutDone(2, List.of()));
        assertThat(outcomes.get(3)).isInstanceOfSatisfying(PutDone.class, done -> {
            assertThat(done.revision()).isEqualTo(3);
            assertThat(done.previous())
                    .singleElement()
                    .satisfies(previous -> assertThat(previous.lease()).isEqualTo(lease));
        });
        assertThat(outcomes.get(4)).isEqualTo(new Accepted(4));
        assertThat(outcomes.get(5)).isEqualTo(new Refused(Reason.LEASE_NOT_FOUND));
        assertThat(replica.read("a")).isEmpty();
    }

    @Test
    void listenersHearCommitsInTheOrderOfRevisionsOnceTheyCanBeRead() {
        replica.applyTogether(put("a"), put("b"), new GrantLease(LeaseId.of(3), 60), put("a"));

        assertThat(replica.heard).containsExactly("granted 3", "2 PUT a", "3 PUT b", "4 PUT a");
    }

    @Test
    void anEntryThatIsNotAboveTheLastOneIsAnError() {
        replica.apply(put("a"));
        var again = new Entry(new Stamp(Replica.TERM, Replica.PROPOSER, 1, 9), List.of(put("b")));

        assertThatThrownBy(() -> replica.applier.apply(new Position(Replica.TERM, 1), List.of(again)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> replica.applier.advance(new Position(Replica.TERM, 1)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(replica.read("b")).isEmpty();
        assertThat(replica.revision()).isEqualTo(2);
    }

    @Test
    void anEntryBelowOneWithoutCommandsIsAnErrorToo() {
        replica.applier.advance(new Position(1, 10));
        var late = new Entry(new Stamp(1, Replica.PROPOSER, 1, 1), List.of(put("b")));

        assertThatThrownBy(() -> replica.applier.apply(new Position(1, 10), List.of(late)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void thePositionAndTheSequenceAreStoredWithTheEntry() {
        replica.apply(put("a"));
        replica.apply(put("b"));

        replica.restart();

        assertThat(replica.applier.applied()).isEqualTo(new Position(Replica.TERM, 2));
        assertThat(replica.applier.lastSequence(Replica.PROPOSER, 1)).isEqualTo(2);
        assertThat(replica.applier.lastSequence(Replica.PROPOSER, 2)).isZero();
        assertThat(replica.applier.lastSequence(new MemberId(8), 1)).isZero();
    }

    @Test
    void anEntryWithoutCommandsReachesTheStorageWithTheNextBatch() {
        replica.applier.advance(new Position(1, 1));
        assertThat(replica.applier.applied()).isEqualTo(Position.NONE);

        var entry = new Entry(new Stamp(1, Replica.PROPOSER, 1, 1), List.of(put("a")));
        replica.applier.apply(new Position(1, 2), List.of(entry));

        assertThat(replica.applier.applied()).isEqualTo(new Position(1, 2));
    }

    @Test
    void persistWritesThePositionOfEntriesWithoutCommands() {
        replica.applier.advance(new Position(1, 1));

        assertThat(replica.applier.persist()).isEqualTo(new Position(1, 1));

        assertThat(replica.applier.applied()).isEqualTo(new Position(1, 1));
        replica.restart();
        assertThat(replica.applier.applied()).isEqualTo(new Position(1, 1));
    }

    @Test
    void anEntryOfRefusalsOnlyChangesNothingButPositions() {
        replica.apply(put("a"));
        var before = replica.rows();
        var heard = List.copyOf(replica.heard);

        replica.applyTogether(new Command.RevokeLease(LeaseId.of(99)), new Command.Compact(99));

        var after = replica.rows();
        after.values()
                .forEach(rows -> rows.keySet()
                        .removeIf(key ->
                                key.utf8().startsWith("applied") || key.utf8().startsWith("proposer/")));
        before.values()
                .forEach(rows -> rows.keySet()
                        .removeIf(key ->
                                key.utf8().startsWith("applied") || key.utf8().startsWith("proposer/")));
        assertThat(after).isEqualTo(before);
        assertThat(replica.heard).isEqualTo(heard);
        assertThat(replica.applier.applied().index()).isEqualTo(2);
    }

    @Test
    void theFirstConfigurationFoundsTheCluster() {
        replica.apply(put("a"));

        replica.applier.found(List.of(SEVEN));
        replica.applier.found(List.of(SEVEN, EIGHT));

        for (int start = 0; start < 2; start++) {
            assertThat(replica.applier.members().all()).containsExactly(SEVEN);
            replica.restart();
        }
    }

    @Test
    void aConfigurationDropsWhatIsKeptOfProposersThatLeft() {
        replica.apply(put("a"));
        replica.applier.found(List.of(SEVEN, EIGHT));
        replica.applyTogether(new MemberCommand.Remove(Replica.PROPOSER));
        replica.applier.configured(new Position(Replica.TERM, 3), List.of(SEVEN, EIGHT));
        assertThat(replica.applier.lastSequence(Replica.PROPOSER, 1))
                .as("it is still fed")
                .isPositive();

        replica.applier.configured(new Position(Replica.TERM, 4), List.of(EIGHT));

        assertThat(replica.applier.applied().index()).isEqualTo(4);
        for (int start = 0; start < 2; start++) {
            assertThat(replica.applier.lastSequence(Replica.PROPOSER, 1)).isZero();
            assertThat(replica.applier.members().all()).containsExactly(EIGHT);
            assertThat(replica.applier.members().hasRemoved(Replica.PROPOSER)).isTrue();
            replica.restart();
        }
    }

    @Test
    void aConfigurationWithoutChangeIsAnEntryWithoutCommands() {
        replica.apply(put("a"));

        replica.applier.configured(new Position(Replica.TERM, 2), List.of(SEVEN));

        assertThat(replica.applier.applied().index()).isEqualTo(1);
        assertThat(replica.applier.persist().index()).isEqualTo(2);
        assertThat(replica.applier.lastSequence(Replica.PROPOSER, 1)).isEqualTo(1);
    }

    @Test
    void aCheckpointIsInstalledWhole(@TempDir Path directory) {
        replica.applyTogether(put("a"), new GrantLease(LeaseId.of(3), 60));
        replica.apply(new MemberCommand.Add(SEVEN, 1));
        replica.apply(new AuthCommand.AddUser("alice", Bytes.utf8("hash"), false));
        replica.applier.advance(new Position(Replica.TERM, 4));
        var checkpoint = directory.resolve("checkpoint");
        try (var storage = MemoryStorage.open(directory.resolve("other"))) {
            var other = new Replica(storage);
            other.apply(put("x"));

            var position = replica.applier.checkpoint(checkpoint);
            other.applier.install(checkpoint);

            assertThat(position).isEqualTo(new Position(Replica.TERM, 4));
            assertThat(other.applier.applied()).isEqualTo(position);
            assertThat(other.rows()).isEqualTo(replica.rows());
            assertThat(other.read("x")).isEmpty();
            assertThat(other.read("a")).isPresent();
            assertThat(other.state.leases().exists(LeaseId.of(3))).isTrue();
            assertThat(other.state.members().find(Replica.PROPOSER)).isPresent();
            assertThat(other.applier.lastSequence(Replica.PROPOSER, 1)).isEqualTo(3);
            assertThat(other.state.auth().state().userNames()).containsExactly("alice");
            assertThat(other.heard).endsWith("reloaded 1");
        }
    }

    private static Put put(String key) {
        return Put.of(Bytes.utf8(key), Bytes.utf8("value"));
    }
}
