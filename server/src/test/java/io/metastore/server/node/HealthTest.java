package io.metastore.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.consensus.Contacts;
import io.metastore.server.consensus.Contacts.Contact;
import io.metastore.server.consensus.Leading;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.MembersVersion;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static final MemberId LEADER = new MemberId(1);
    private static final MemberId OTHER = new MemberId(2);
    private static final MemberId STRANGER = new MemberId(3);
    private static final int COMMITTED = 5000;

    @Test
    void theLeaderKeepsUpWithItself() {
        var health = health(new Contact(-1, 0));

        assertThat(health.keepsUp(LEADER)).isTrue();
        assertThat(health.progress(LEADER).lag()).isEqualTo(OptionalLong.of(0));
        assertThat(health.progress(LEADER).silentMillis()).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void aMemberKeepsUpWhenItIsHeardAndNearTheEnd() {
        assertThat(health(new Contact(4000, 1)).keepsUp(OTHER)).isTrue();
        assertThat(health(new Contact(3999, 1)).keepsUp(OTHER))
                .as("too far behind")
                .isFalse();
        assertThat(health(new Contact(5000, 0)).keepsUp(OTHER)).as("not heard").isFalse();
        assertThat(health(new Contact(-1, 1)).keepsUp(OTHER)).as("nobody knows").isFalse();
    }

    @Test
    void lagIsWhatIsCommittedAndNotKnownToBeThere() {
        assertThat(health(new Contact(4900, 1)).progress(OTHER).lag()).isEqualTo(OptionalLong.of(100));
        assertThat(health(new Contact(5003, 1)).progress(OTHER).lag())
                .as("it has what is not committed yet")
                .isEqualTo(OptionalLong.of(0));
    }

    @Test
    void whatTheLeaderDoesNotKnowIsNotTold() {
        var health = health(new Contact(-1, 1));

        assertThat(health.progress(OTHER).matchIndex()).isEmpty();
        assertThat(health.progress(OTHER).lag()).isEmpty();
        assertThat(health.progress(OTHER).silentMillis()).isEqualTo(OptionalLong.of(7));
        assertThat(health.progress(STRANGER)).isEqualTo(ClusterView.Progress.UNKNOWN);
        assertThat(health.hears(STRANGER)).isFalse();
    }

    private static Health health(Contact other) {
        return new Health(new Leading(
                new Contacts.Known(LEADER, COMMITTED, Map.of(OTHER, other)),
                COMMITTED,
                Map.of(OTHER, 7L),
                new MembersVersion(1),
                Set.of(LEADER, OTHER),
                Optional.empty()));
    }
}
