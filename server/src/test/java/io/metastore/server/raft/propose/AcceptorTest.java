package io.metastore.server.raft.propose;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.metastore.server.apply.Entry;
import io.metastore.server.apply.Stamp;
import io.metastore.server.model.MemberId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcceptorTest {
    private static final MemberId ONE = new MemberId(1);
    private static final MemberId TWO = new MemberId(2);

    private final List<Stamp> log = new ArrayList<>();
    private final List<Stamp> notAppended = new ArrayList<>();
    private final Acceptor acceptor = new Acceptor((entry, _) -> log.add(entry.stamp()), 4096);

    @BeforeEach
    void lead() {
        acceptor.begin(5);
    }

    @Test
    void entriesOfEachProposerAreTakenInTheOrderOfTheirSequences() {
        offer(new Stamp(5, ONE, 1, 1), new Stamp(5, TWO, 1, 8), new Stamp(5, ONE, 1, 2), new Stamp(5, ONE, 1, 9));

        assertThat(log).hasSize(4);
        assertThat(notAppended).isEmpty();
        assertThat(acceptor.lastSequence(ONE, 1)).isEqualTo(9);
        assertThat(acceptor.lastSequence(TWO, 1)).isEqualTo(8);
    }

    /// The proposer would take "not appended" for leave to send the same commands again.
    @Test
    void ofAnEntryThatWasTakenBeforeNobodyIsToldThatItIsNotInTheLog() {
        var twice = new Stamp(5, ONE, 1, 1);

        offer(twice, twice);

        assertThat(log).containsExactly(twice);
        assertThat(notAppended).isEmpty();
    }

    @Test
    void anEntryOfAnotherEpochIsRefused() {
        var older = new Stamp(4, ONE, 1, 1);
        var newer = new Stamp(6, ONE, 1, 2);

        offer(older, newer);

        assertThat(log).isEmpty();
        assertThat(notAppended).containsExactly(older, newer);
        assertThat(acceptor.lastSequence(ONE, 1)).isZero();
    }

    @Test
    void aStartOfAProposerEndsItsEarlierOnes() {
        var earlier = new Stamp(5, ONE, 1, 8);

        offer(new Stamp(5, ONE, 1, 7), new Stamp(5, ONE, 2, 1), earlier);

        assertThat(log).hasSize(2);
        assertThat(notAppended).containsExactly(earlier);
        assertThat(acceptor.lastSequence(ONE, 2)).isEqualTo(1);
        assertThat(acceptor.lastSequence(ONE, 1)).isZero();
    }

    @Test
    void nothingIsTakenWhileThisMemberDoesNotLead() {
        acceptor.end();

        offer(new Stamp(5, ONE, 1, 1));

        assertThat(acceptor.epoch()).isEmpty();
        assertThat(log).isEmpty();
        assertThat(notAppended).hasSize(1);
    }

    @Test
    void anotherLeadershipBeginsWithoutMemory() {
        offer(new Stamp(5, ONE, 1, 3));
        acceptor.begin(6);

        assertThat(acceptor.epoch()).hasValue(6);
        assertThat(acceptor.lastSequence(ONE, 1)).isZero();
        offer(new Stamp(6, ONE, 1, 3));
        assertThat(log).hasSize(2);
    }

    private void offer(Stamp... stamps) {
        for (var stamp : stamps) {
            acceptor.accept(
                    new EntrySink.Outgoing(stamp, ByteString.EMPTY, new Entry(stamp, List.of())),
                    () -> notAppended.add(stamp));
        }
    }
}
