package io.metastore.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembersVersionTest {
    private static final Member ONE = Member.unstarted(new MemberId(1), List.of("http://a:1"), false);
    private static final Member TWO = Member.unstarted(new MemberId(-2), List.of("http://b:1"), true);

    @Test
    void theSameMembersHaveTheSameVersionInWhateverOrderTheyCame() {
        assertThat(Membership.NONE.with(ONE).with(TWO).version())
                .isEqualTo(Membership.NONE.with(TWO).with(ONE).version());
    }

    @Test
    void everyChangeMakesAnotherOne() {
        var seen = new HashSet<MembersVersion>();
        var members = Membership.NONE;

        for (var next : List.of(
                members,
                members.with(ONE),
                members.with(ONE).with(TWO),
                members.with(ONE).with(TWO.promoted()),
                members.with(ONE).with(TWO.toBeWitness()),
                members.with(ONE).with(TWO.reachedAt(List.of("http://c:1"))),
                members.with(ONE).with(TWO.reachedAt(List.of("http://b:1", "http://c:1"))),
                members.with(ONE).with(TWO).without(TWO.id()),
                members.with(ONE).without(TWO.id()).without(new MemberId(3)))) {
            assertThat(seen.add(next.version())).as("%s", next).isTrue();
        }
    }

    @Test
    void whatAMemberTellsOfItselfDoesNotCount() {
        var told = TWO.introduced("two", List.of("http://b:2"), false);

        assertThat(Membership.NONE.with(told).version())
                .isEqualTo(Membership.NONE.with(TWO).version());
    }

    /// A change that expects the first one must not be made after both.
    @Test
    void itDoesNotComeBackAfterAMemberCameAndWent() {
        var before = Membership.NONE.with(ONE);

        assertThat(before.with(TWO).without(TWO.id()).version()).isNotEqualTo(before.version());
    }

    /// Members of all releases must agree on it.
    @Test
    void itIsTheBeginningOfADigestOfAText() {
        var members = Membership.NONE.with(ONE).with(TWO).without(new MemberId(5));

        assertThat(members.version()).hasToString("6de40908748281d0");
    }

    @Test
    void itsTextIsReadBack() {
        var version = new MembersVersion(0x0077665544332211L);

        assertThat(version).hasToString("0077665544332211");
        assertThat(MembersVersion.parse("0077665544332211")).contains(version);
        assertThat(MembersVersion.parse("ff77665544332211")).contains(new MembersVersion(0xff77665544332211L));
        for (var none : List.of("", "77665544332211", "0x77665544332211", "007766554433221G", "00776655443322110")) {
            assertThat(MembersVersion.parse(none)).isEmpty();
        }
    }
}
