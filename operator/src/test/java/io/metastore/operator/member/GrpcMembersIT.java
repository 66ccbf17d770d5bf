package io.metastore.operator.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.operator.member.Membership.Peer;
import io.metastore.operator.model.Role;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against members that run, whose certificates the operator's own authority signed.
class GrpcMembersIT {
    private final Members members = new GrpcMembers();

    @TempDir
    Path folder;

    private RealMembers real;

    @BeforeEach
    void found() {
        real = new RealMembers(folder);
        real.found("m1");
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void aClusterOfOneTellsOfItself() throws MemberException {
        var known = real.steady(1);

        assertThat(known.isQuorate()).isTrue();
        assertThat(known.pending()).isEmpty();
        assertThat(known.members()).singleElement().satisfies(peer -> {
            assertThat(peer.name()).isEqualTo("m1");
            assertThat(peer.role()).isEqualTo(Role.VOTER);
            assertThat(peer.healthy()).isTrue();
            assertThat(peer.hostLabel()).isEqualTo("localhost");
            assertThat(peer.facts().orElseThrow().version()).isNotEmpty();
        });
        assertThat(members.isOutOfSpace(real.address("m1"))).isFalse();
    }

    @Test
    void aLearnerJoinsAndIsPromotedAndLeadsAndLeaves() {
        real.join("m2", Role.LEARNER);
        real.untilDone(known -> members.promote(real.address("m1"), id(known, "m2"), known.version()));
        assertThat(peer(real.steady(2), "m2").role()).isEqualTo(Role.VOTER);

        real.untilDone(known -> members.moveLeader(real.address("m1"), OptionalLong.of(id(known, "m2"))));
        assertThat(real.until(known -> leads(known, "m2")).isQuorate()).isTrue();

        real.untilDone(known -> members.remove(real.address("m2"), id(known, "m1"), known.version()));
        assertThat(real.steady(1).members()).extracting(Peer::name).containsExactly("m2");
    }

    @Test
    void aChangeThatExpectsOtherMembersIsRefused() {
        var before = real.steady(1).version();
        real.join("m2", Role.LEARNER);

        assertThatThrownBy(() -> members.add(real.address("m1"), "https://localhost:1", Role.LEARNER, before))
                .isInstanceOf(MemberException.class)
                .hasMessageContaining(real.address("m1"));
        assertThat(real.steady(2).members()).hasSize(2);
    }

    @Test
    void beforeAMemberIsStoppedTheOthersAreAsked() throws MemberException {
        real.join("m2", Role.LEARNER);
        real.untilDone(known -> members.promote(real.address("m1"), id(known, "m2"), known.version()));
        var two = real.steady(2);
        var stopsM1 = id(two, "m1");

        assertThatThrownBy(() -> members.prepareStop(real.address("m1"), stopsM1, false))
                .isInstanceOf(MemberException.class);

        members.prepareStop(real.address("m1"), stopsM1, true);
    }

    @Test
    void aLearnerTakesThePlaceOfAVoterInOneChange() {
        real.join("m2", Role.LEARNER);
        real.untilDone(known -> members.promote(real.address("m1"), id(known, "m2"), known.version()));
        real.join("w3", Role.WITNESS);
        real.join("m4", Role.LEARNER);

        swapM2ForM4();

        var after = real.steady(3);
        assertThat(after.members()).extracting(Peer::name).containsExactlyInAnyOrder("m1", "w3", "m4");
        assertThat(peer(after, "m4").role()).isEqualTo(Role.VOTER);
    }

    /// Raft cannot exchange half of its voters at once.
    @Test
    void aLearnerTakesThePlaceOfOneOfTwoVoters() {
        real.join("m2", Role.LEARNER);
        real.untilDone(known -> members.promote(real.address("m1"), id(known, "m2"), known.version()));
        real.join("m4", Role.LEARNER);

        swapM2ForM4();

        var after = real.steady(2);
        assertThat(after.members()).extracting(Peer::name).containsExactlyInAnyOrder("m1", "m4");
        assertThat(peer(after, "m4").role()).isEqualTo(Role.VOTER);
    }

    /// An answer that comes too late says nothing: like the operator, look again, and ask only if it is still to do.
    private void swapM2ForM4() {
        real.untilDone(known -> {
            if (known.members().stream().anyMatch(peer -> peer.name().equals("m2"))) {
                members.swap(real.address("m1"), id(known, "m2"), id(known, "m4"), known.version());
            }
        });
    }

    @Test
    void aWitnessVotesAndIsReplacedByOneThatIsStartedLater() {
        real.join("m2", Role.LEARNER);
        real.untilDone(known -> members.promote(real.address("m1"), id(known, "m2"), known.version()));
        real.join("w3", Role.WITNESS);
        assertThat(peer(real.steady(3), "w3").role()).isEqualTo(Role.WITNESS);

        var url = real.place("w4");
        real.untilDone(known -> members.substitute(real.address("m1"), id(known, "w3"), url, known.version()));
        real.start("w4", Role.WITNESS);

        var after = real.steady(3);
        assertThat(after.members()).extracting(Peer::name).containsExactlyInAnyOrder("m1", "m2", "w4");
    }

    @Test
    void whoDoesNotAnswerIsNamed() {
        var nobody = real.address("m1");
        real.stop("m1");

        assertThatThrownBy(() -> members.membership(nobody))
                .isInstanceOf(MemberException.class)
                .hasMessageStartingWith(nobody);
    }

    private static boolean leads(Membership known, String name) {
        return known.leaderId().orElse(0) == id(known, name);
    }

    private static long id(Membership known, String name) {
        return peer(known, name).id();
    }

    private static Peer peer(Membership known, String name) {
        return known.members().stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + known.members()));
    }
}
