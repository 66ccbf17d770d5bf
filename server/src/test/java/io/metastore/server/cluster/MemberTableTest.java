package io.metastore.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Command;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.MemberCommand.Successor;
import io.metastore.server.request.Reason;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.Storage;
import io.metastore.server.storage.StorageException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberTableTest {
    private static final MemberId ONE = new MemberId(1);
    private static final MemberId TWO = new MemberId(-2);
    private static final MemberId THREE = new MemberId(3);
    private static final Member FIRST = Member.unstarted(ONE, List.of("http://a:1", "http://b:1"), false);
    private static final Member SECOND = Member.unstarted(TWO, List.of("http://c:1"), false);

    private final Storage storage = MemoryStorage.volatileOnly();
    private final MemberTable table = MemberTable.open(storage);

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void theFirstConfigurationFoundsTheClusterAndLaterOnesChangeNothing() {
        boolean founded = change(writer -> writer.found(List.of(SECOND, FIRST)));
        boolean again = change(writer -> writer.found(List.of(Member.unstarted(THREE, List.of("http://d:1"), false))));

        assertThat(founded).isTrue();
        assertThat(again).isFalse();

        for (var each : List.of(table, MemberTable.open(storage))) {
            assertThat(each.all()).containsExactly(FIRST, SECOND);
            assertThat(each.find(THREE)).isEmpty();
        }
    }

    @Test
    void aMemberIsStartedOnceItTold() {
        found();

        change(writer -> {
            writer.publish(new Command.PublishMember(ONE, "zürich-ü", List.of("http://a:2379")));
            writer.publish(new Command.PublishMember(THREE, "nobody", List.of()));
            return true;
        });

        assertThat(table.find(ONE)).contains(FIRST.introduced("zürich-ü", List.of("http://a:2379"), false));
        assertThat(table.find(ONE).orElseThrow().isStarted()).isTrue();
        assertThat(table.find(TWO).orElseThrow().isStarted()).isFalse();
        assertThat(table.find(THREE)).as("it does not belong to the cluster").isEmpty();
        assertThat(MemberTable.open(storage).all()).isEqualTo(table.all());
    }

    @Test
    void aWitnessIsKnownAsOneForAsLongAsItSaysSo() {
        found();
        change(writer -> {
            writer.publish(new Command.PublishMember(ONE, "w", List.of(), true));
            return true;
        });
        assertThat(MemberTable.open(storage).find(ONE).orElseThrow().witness()).isTrue();
        assertThat(MemberTable.open(storage).find(ONE).orElseThrow().learner()).isFalse();

        change(writer -> {
            writer.publish(new Command.PublishMember(ONE, "w", List.of()));
            return true;
        });
        assertThat(MemberTable.open(storage).find(ONE).orElseThrow().witness()).isFalse();
    }

    /// They could elect nobody who takes changes.
    @Test
    void theLastVoterWithDataStaysWhileThereAreWitnesses() {
        found();
        change(writer -> {
            writer.publish(new Command.PublishMember(ONE, "w", List.of(), true));
            return true;
        });

        assertThat(make(new MemberCommand.Remove(TWO))).contains(Reason.NOT_ENOUGH_STARTED);
        assertThat(make(new MemberCommand.Remove(ONE))).isEmpty();
        assertThat(make(new MemberCommand.Remove(TWO)))
                .as("that there is nobody is checked elsewhere")
                .isEmpty();
    }

    @Test
    void whatIsNotPublishedIsNotSeen() {
        try (var batch = storage.batch()) {
            var writer = table.writer(batch);
            writer.found(List.of(FIRST));
            batch.commit();

            assertThat(table.all()).isEmpty();
            writer.published();
            assertThat(table.all()).containsExactly(FIRST);
        }
    }

    @Test
    void aRemovedMemberNeverComesBack() {
        found();

        assertThat(make(new MemberCommand.Remove(TWO))).isEmpty();

        assertThat(table.all()).containsExactly(FIRST);
        assertThat(table.membership().hasRemoved(TWO)).isTrue();
        assertThat(make(new MemberCommand.Remove(TWO))).contains(Reason.MEMBER_NOT_FOUND);
        assertThat(make(new MemberCommand.Update(TWO, List.of("http://x:1")))).contains(Reason.MEMBER_NOT_FOUND);
        assertThat(make(new MemberCommand.Promote(TWO))).contains(Reason.MEMBER_NOT_FOUND);
        assertThat(make(new MemberCommand.Add(SECOND, 1))).contains(Reason.MEMBER_NOT_FOUND);
        assertThat(MemberTable.open(storage).membership()).isEqualTo(table.membership());
    }

    @Test
    void anIdAndAUrlBelongToOneMember() {
        found();

        assertThat(make(new MemberCommand.Add(Member.unstarted(ONE, List.of("http://x:1"), false), 1)))
                .contains(Reason.MEMBER_EXISTS);
        assertThat(make(add(THREE, "http://b:1", false))).contains(Reason.PEER_URL_EXISTS);
        assertThat(make(new MemberCommand.Update(ONE, List.of("http://c:1")))).contains(Reason.PEER_URL_EXISTS);
        assertThat(make(new MemberCommand.Update(ONE, List.of("http://a:1")))).isEmpty();
        assertThat(table.find(ONE).orElseThrow().peerUrls()).containsExactly("http://a:1");
        assertThat(make(add(THREE, "http://b:1", false))).as("it is free now").isEmpty();
    }

    @Test
    void thereAreOnlySoManyLearners() {
        found();

        assertThat(make(add(THREE, "http://l:1", true))).isEmpty();
        assertThat(make(add(new MemberId(4), "http://l:2", true))).contains(Reason.TOO_MANY_LEARNERS);
        assertThat(make(add(new MemberId(4), "http://l:2", false))).isEmpty();
        assertThat(table.membership().voters()).extracting(Member::id).containsExactly(ONE, new MemberId(4), TWO);
    }

    @Test
    void onlyALearnerIsPromotedAndAnUpdateLeavesItOne() {
        found();
        make(add(THREE, "http://l:1", true));
        make(new MemberCommand.Update(THREE, List.of("http://l:2")));

        assertThat(table.find(THREE).orElseThrow().learner()).isTrue();
        assertThat(make(new MemberCommand.Promote(THREE))).isEmpty();
        assertThat(table.find(THREE).orElseThrow().learner()).isFalse();
        assertThat(make(new MemberCommand.Promote(THREE))).contains(Reason.MEMBER_NOT_LEARNER);
    }

    @Test
    void aNewcomerTakesAMembersPlaceAndMayBeWhereThatOneWas() {
        found();

        assertThat(make(new MemberCommand.Replace(TWO, newcomer(THREE, "http://c:1"))))
                .isEmpty();

        assertThat(table.all()).extracting(Member::id).containsExactly(ONE, THREE);
        assertThat(table.membership().hasRemoved(TWO)).isTrue();
        assertThat(MemberTable.open(storage).membership()).isEqualTo(table.membership());
    }

    @Test
    void aLearnerTakesAMembersPlaceAndVotes() {
        found();
        make(add(THREE, "http://l:1", true));

        assertThat(make(new MemberCommand.Replace(TWO, new Successor.Learner(THREE))))
                .isEmpty();

        assertThat(table.membership().voters()).extracting(Member::id).containsExactly(ONE, THREE);
    }

    @Test
    void ofAReplacementThatIsRefusedNothingIsKept() {
        found();
        var before = table.membership();

        assertThat(make(new MemberCommand.Replace(THREE, newcomer(new MemberId(4), "http://x:1"))))
                .contains(Reason.MEMBER_NOT_FOUND);
        assertThat(make(new MemberCommand.Replace(TWO, newcomer(THREE, "http://b:1"))))
                .contains(Reason.PEER_URL_EXISTS);
        assertThat(make(new MemberCommand.Replace(TWO, newcomer(ONE, "http://x:1"))))
                .contains(Reason.MEMBER_EXISTS);
        assertThat(make(new MemberCommand.Replace(TWO, new Successor.Learner(ONE))))
                .contains(Reason.MEMBER_NOT_LEARNER);
        assertThat(make(new MemberCommand.Replace(TWO, new Successor.Learner(THREE))))
                .contains(Reason.MEMBER_NOT_FOUND);

        assertThat(table.membership()).isEqualTo(before);
        assertThat(MemberTable.open(storage).membership()).isEqualTo(before);
    }

    /// Who has yet to be started holds nothing.
    @Test
    void aNewcomerDoesNotTakeThePlaceOfTheLastVoterWithData() {
        found();
        change(writer -> {
            writer.publish(new Command.PublishMember(ONE, "w", List.of(), true));
            return true;
        });

        assertThat(make(new MemberCommand.Replace(TWO, newcomer(THREE, "http://c:1"))))
                .contains(Reason.NOT_ENOUGH_STARTED);
    }

    @Test
    void aChangeIsMadeOfTheMembersThatItExpectsOnly() {
        found();
        var seen = table.membership().version();

        assertThat(make(new MemberCommand.Expecting(seen, add(THREE, "http://l:1", true))))
                .isEmpty();
        assertThat(make(new MemberCommand.Expecting(seen, new MemberCommand.Remove(TWO))))
                .contains(Reason.MEMBERS_CHANGED);

        assertThat(table.all()).extracting(Member::id).containsExactly(ONE, THREE, TWO);
        var now = table.membership().version();
        assertThat(make(new MemberCommand.Expecting(now, new MemberCommand.Remove(TWO))))
                .isEmpty();
    }

    private static Successor newcomer(MemberId member, String url) {
        return new Successor.Newcomer(new MemberCommand.Add(Member.unstarted(member, List.of(url), false), 1));
    }

    @Test
    void aChangeSeesThoseBeforeItInItsBatch() {
        found();

        var refusals = change(writer -> List.of(
                writer.change(add(THREE, "http://l:1", true)),
                writer.change(new MemberCommand.Promote(THREE)),
                writer.change(new MemberCommand.Promote(THREE))));

        assertThat(refusals.get(0)).isEmpty();
        assertThat(refusals.get(1)).isEmpty();
        assertThat(refusals.get(2)).contains(Reason.MEMBER_NOT_LEARNER);
    }

    @Test
    void reloadTakesOverWhatTheStorageHolds() {
        var other = MemberTable.open(storage);
        found();

        other.reload();

        assertThat(other.membership()).isEqualTo(table.membership());
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "0000000000", "00000000000000ff61", "00ffffffff0000000161", "00000000050000000161"})
    void aDamagedRowIsNotTakenForAMember(String hex) {
        try (var batch = storage.batch()) {
            batch.put(Column.MEMBERS, MemberRow.key(ONE), bytes(hex));
            batch.commit();
        }

        assertThatThrownBy(() -> MemberTable.open(storage)).isInstanceOf(StorageException.class);
    }

    @Test
    void aRowIsLaidOutAsWritten() {
        var member = new Member(ONE, "m1", List.of("http://a"), List.of("c"), true);

        assertThat(MemberRow.value(member))
                .isEqualTo(bytes("0100000001000000026d3100000008687474703a2f2f610000000163"));
        assertThat(MemberRow.member(MemberRow.key(ONE), MemberRow.value(member)))
                .isEqualTo(member);
    }

    private static MemberCommand add(MemberId member, String url, boolean learner) {
        return new MemberCommand.Add(Member.unstarted(member, List.of(url), learner), 1);
    }

    private static Bytes bytes(String hex) {
        return Bytes.wrap(HexFormat.of().parseHex(hex));
    }

    private void found() {
        change(writer -> writer.found(List.of(FIRST, SECOND)));
    }

    /// The refusal, if it is refused.
    private Optional<Reason> make(MemberCommand command) {
        return change(writer -> writer.change(command));
    }

    private <T> T change(Function<MemberWriter, T> change) {
        try (var batch = storage.batch()) {
            var writer = table.writer(batch);
            var result = change.apply(writer);
            batch.commit();
            writer.published();
            return result;
        }
    }
}
