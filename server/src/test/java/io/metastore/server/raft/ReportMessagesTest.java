package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.consensus.Contacts;
import io.metastore.server.consensus.Leading;
import io.metastore.server.consensus.MemberReport;
import io.metastore.server.consensus.PendingChange;
import io.metastore.server.consensus.Vitals;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.MembersVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportMessagesTest {
    private static final MemberId ONE = new MemberId(1);
    private static final MemberId TWO = new MemberId(-2);

    @Test
    void aReportArrivesAsItWasSent() {
        var report = new MemberReport(
                ONE,
                3,
                40,
                Optional.of(new Vitals(
                        "0.1.0", "3.7", "rocksdb", OptionalLong.of(5), OptionalLong.of(6), OptionalLong.of(7))),
                Optional.of(leading(Optional.empty())));

        assertThat(sent(report)).isEqualTo(report);
    }

    @Test
    void whatIsNotKnownArrivesAsThat() {
        var starting = new MemberReport(TWO, 3, 0, Optional.empty(), Optional.empty());
        var witness = new MemberReport(
                TWO,
                3,
                0,
                Optional.of(new Vitals(
                        "0.1.0", "3.7", "none", OptionalLong.of(0), OptionalLong.empty(), OptionalLong.empty())),
                Optional.empty());

        assertThat(sent(starting)).isEqualTo(starting);
        assertThat(sent(witness)).isEqualTo(witness);
    }

    @ParameterizedTest
    @EnumSource(PendingChange.Kind.class)
    void everyKindOfPendingChangeArrives(PendingChange.Kind kind) {
        var report = new MemberReport(
                ONE,
                3,
                40,
                Optional.empty(),
                Optional.of(leading(Optional.of(new PendingChange(kind, List.of(TWO, ONE))))));

        assertThat(sent(report)).isEqualTo(report);
    }

    private static Leading leading(Optional<PendingChange> pending) {
        return new Leading(
                new Contacts.Known(ONE, 44, Map.of(TWO, new Contacts.Contact(41, 1000))),
                42,
                Map.of(TWO, 12L),
                new MembersVersion(-9),
                Set.of(ONE, TWO),
                pending);
    }

    private static MemberReport sent(MemberReport report) {
        return ReportMessages.report(ReportMessages.message(report));
    }
}
