package io.metastore.server.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Alarm;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Permission;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Caller;
import io.metastore.server.request.Command;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Outcome.Accepted;
import io.metastore.server.request.Outcome.PutDone;
import io.metastore.server.request.Outcome.Refused;
import io.metastore.server.request.Outcome.TokenIssued;
import io.metastore.server.request.Put;
import io.metastore.server.request.Reason;
import io.metastore.server.storage.MemoryStorage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rights are asked when a command is applied, whatever was found when it was admitted.
class AuthRuleTest {
    private static final Permission ON_K = new Permission(Permission.READ_WRITE, Bytes.utf8("k"), Bytes.EMPTY);
    private static final LeaseId LEASE = LeaseId.of(3);

    private final Replica replica = new Replica(MemoryStorage.volatileOnly());

    @BeforeEach
    void aliceMayUseK() {
        for (var change : List.<Command>of(
                new AuthCommand.AddUser("root", Bytes.EMPTY, false),
                new AuthCommand.GrantRole("root", "root"),
                new AuthCommand.AddUser("alice", Bytes.EMPTY, false),
                new AuthCommand.AddRole("r"),
                new AuthCommand.GrantPermission("r", ON_K),
                new AuthCommand.GrantRole("alice", "r"),
                new AuthCommand.Enable())) {
            assertThat(replica.apply(change)).isEqualTo(new Accepted(1));
        }
    }

    @AfterEach
    void close() {
        replica.storage.close();
    }

    @Test
    void aRightThatIsRevokedBetweenAdmissionAndApplyIsNotUsedAnyMore() {
        long admittedAt = replica.state.auth().state().revision();
        var put = by("alice", admittedAt, Put.of(Bytes.utf8("k"), Bytes.utf8("1")));
        assertThat(replica.apply(put)).isEqualTo(new PutDone(2, List.of()));

        byRoot(new AuthCommand.RevokePermission("r", ON_K.key(), ON_K.end()));

        assertThat(replica.apply(put)).isEqualTo(new Refused(Reason.OLD_AUTH_REVISION));
        assertThat(replica.apply(by("alice", revision(), Put.of(Bytes.utf8("k"), Bytes.utf8("2")))))
                .isEqualTo(new Refused(Reason.PERMISSION_DENIED));
        assertThat(replica.read("k").orElseThrow().value()).isEqualTo(Bytes.utf8("1"));
    }

    @Test
    void aRightIsLostWithinOneEntryToo() {
        var outcomes = replica.applyTogether(
                by("alice", revision(), Put.of(Bytes.utf8("k"), Bytes.utf8("1"))),
                by("root", revision(), new AuthCommand.RevokeRole("alice", "r")),
                by("alice", revision(), Put.of(Bytes.utf8("k"), Bytes.utf8("2"))),
                by("alice", revision() + 1, Put.of(Bytes.utf8("k"), Bytes.utf8("3"))));

        assertThat(outcomes)
                .containsExactly(
                        new PutDone(2, List.of()),
                        new Accepted(2),
                        new Refused(Reason.OLD_AUTH_REVISION),
                        new Refused(Reason.PERMISSION_DENIED));
    }

    @Test
    void whatWasAdmittedBeforeAuthWasSwitchedOnIsOfNobody() {
        assertThat(replica.apply(Put.of(Bytes.utf8("k"), Bytes.EMPTY))).isEqualTo(new Refused(Reason.USER_EMPTY));
        assertThat(replica.apply(new DeleteRange(KeyRange.ALL, false))).isEqualTo(new Refused(Reason.USER_EMPTY));
        assertThat(replica.apply(new AuthCommand.AddRole("x"))).isEqualTo(new Refused(Reason.USER_EMPTY));
        assertThat(replica.apply(by("", 0, new Command.Compact(1)))).isEqualTo(new Refused(Reason.USER_EMPTY));
    }

    @Test
    void aLeaseThatExpiresTakesItsKeysWhoeverMayWriteThem() {
        byRoot(new Command.GrantLease(LEASE, 10));
        byRoot(new Put(Bytes.utf8("secret"), Bytes.EMPTY, LEASE, false, false, false));

        assertThat(replica.apply(by("alice", revision(), new Command.RevokeLease(LEASE))))
                .isEqualTo(new Refused(Reason.PERMISSION_DENIED));
        assertThat(replica.apply(by("", 0, new Command.RevokeLease(LEASE)))).isEqualTo(new Refused(Reason.USER_EMPTY));
        assertThat(replica.read("secret")).isPresent();

        assertThat(replica.apply(new Command.RevokeLease(LEASE))).isEqualTo(new Accepted(3));
        assertThat(replica.read("secret")).isEmpty();
    }

    @Test
    void membersCompactAndRaiseAlarmsByThemselves() {
        assertThat(replica.apply(new Command.Compact(1))).isInstanceOf(Accepted.class);
        var alarm = new Command.SetAlarm(new Alarm(Replica.PROPOSER, Alarm.Kind.NO_SPACE), true);
        assertThat(replica.apply(alarm)).isInstanceOf(Outcome.Alarms.class);
    }

    @Test
    void anAlarmCountsBeforeRights() {
        replica.apply(new Command.SetAlarm(new Alarm(Replica.PROPOSER, Alarm.Kind.NO_SPACE), true));

        assertThat(replica.apply(by("alice", revision(), Put.of(Bytes.utf8("n"), Bytes.EMPTY))))
                .isEqualTo(new Refused(Reason.NO_SPACE));
        assertThat(replica.apply(by("root", revision(), new AuthCommand.AddRole("s"))))
                .isEqualTo(new Accepted(1));
    }

    @Test
    void aTokenIsNamedAfterItsPlaceInTheLog() {
        long index = replica.next().index();

        assertThat(replica.apply(new AuthCommand.IssueToken("alice", Bytes.utf8("d"), revision())))
                .isEqualTo(new TokenIssued(1, index));
        assertThat(replica.state.auth().tokens())
                .singleElement()
                .satisfies(token -> assertThat(token.index()).isEqualTo(index));
    }

    @Test
    void usersAreThereAfterARestartAndInAnotherPlaceThatTookOverTheState() {
        replica.restart();

        assertThat(replica.state.auth().state().enabled()).isTrue();
        assertThat(replica.apply(by("alice", revision(), Put.of(Bytes.utf8("k"), Bytes.EMPTY))))
                .isInstanceOf(PutDone.class);
    }

    private void byRoot(Command command) {
        assertThat(replica.apply(by("root", revision(), command))).isInstanceOf(Outcome.Done.class);
    }

    private long revision() {
        return replica.state.auth().state().revision();
    }

    private static Command by(String user, long revision, Command command) {
        return new Command.OnBehalf(new Caller(user, revision), command);
    }
}
