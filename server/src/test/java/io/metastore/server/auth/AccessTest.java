package io.metastore.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Alarm;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Permission;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Caller;
import io.metastore.server.request.Command;
import io.metastore.server.request.Compare;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Operation;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Who may do what: `alice` reads `r`, writes `w` and does both with `b`; lease 1 has the key `w`, lease 2 another.
class AccessTest {
    private static final long REVISION = 5;
    private static final LeaseId OWN = LeaseId.of(1);
    private static final LeaseId FOREIGN = LeaseId.of(2);
    private static final AuthState STATE = state(true);

    private static AuthState state(boolean enabled) {
        var users = new TreeMap<String, User>(AuthState.NAMES);
        users.put("root", new User("root", Bytes.EMPTY, false, List.of("root")));
        users.put("alice", new User("alice", Bytes.EMPTY, false, List.of("gone", "role")));
        var roles = new TreeMap<String, Role>(AuthState.NAMES);
        roles.put(
                "role",
                new Role(
                        "role",
                        List.of(
                                new Permission(Permission.READ_WRITE, Bytes.utf8("b"), Bytes.EMPTY),
                                new Permission(Permission.READ, Bytes.utf8("r"), Bytes.EMPTY),
                                new Permission(Permission.WRITE, Bytes.utf8("w"), Bytes.EMPTY),
                                new Permission(7, Bytes.utf8("x"), Bytes.EMPTY))));
        return new AuthState(enabled, REVISION, users, roles);
    }

    @Test
    void aPutNeedsWritingAndWithTheFormerValueReading() {
        assertThat(alice(put("w", LeaseId.NONE, false))).isEmpty();
        assertThat(alice(put("b", LeaseId.NONE, true))).isEmpty();
        assertThat(alice(put("w", LeaseId.NONE, true))).contains(Reason.PERMISSION_DENIED);
        assertThat(alice(put("r", LeaseId.NONE, false))).contains(Reason.PERMISSION_DENIED);
        assertThat(alice(put("n", LeaseId.NONE, false))).contains(Reason.PERMISSION_DENIED);
    }

    @Test
    void aKeyIsTiedToALeaseOnlyByWhoMayEndTheLease() {
        assertThat(alice(put("w", OWN, false))).isEmpty();
        assertThat(alice(put("w", LeaseId.of(9), false))).isEmpty();
        assertThat(alice(put("w", FOREIGN, false))).contains(Reason.PERMISSION_DENIED);
        assertThat(alice(txn(List.of(), List.of(put("w", FOREIGN, false)), List.of())))
                .contains(Reason.PERMISSION_DENIED);
        assertThat(command("root", new Command.RevokeLease(FOREIGN))).isEmpty();
        assertThat(command("alice", new Command.RevokeLease(FOREIGN))).contains(Reason.PERMISSION_DENIED);
        assertThat(command("alice", new Command.RevokeLease(OWN))).isEmpty();
    }

    @Test
    void theKeysOfALeaseAreToldToWhoMayReadThem() {
        assertThat(access("alice").refusesReading(OWN)).contains(Reason.PERMISSION_DENIED);
        assertThat(access("alice").refusesReading(LeaseId.of(9))).isEmpty();
        assertThat(access("root").refusesReading(FOREIGN)).isEmpty();
    }

    @Test
    void aDeleteNeedsWritingOfTheWholeRangeAndWithTheFormerValuesReading() {
        assertThat(alice(delete("w", false))).isEmpty();
        assertThat(alice(delete("b", true))).isEmpty();
        assertThat(alice(delete("w", true))).contains(Reason.PERMISSION_DENIED);
        assertThat(alice(new DeleteRange(new KeyRange(Bytes.utf8("b"), Bytes.utf8("x")), false)))
                .contains(Reason.PERMISSION_DENIED);
    }

    @Test
    void aTransactionNeedsTheRightsOfAllThatIsInIt() {
        var good = List.<Operation>of(put("w", LeaseId.NONE, false), range("r"));
        assertThat(alice(txn(List.of("r"), good, good))).isEmpty();

        assertThat(alice(txn(List.of("w"), good, good))).contains(Reason.PERMISSION_DENIED);
        assertThat(alice(txn(List.of(), List.of(range("w")), good))).contains(Reason.PERMISSION_DENIED);
        assertThat(alice(txn(List.of(), good, List.of(range("w"))))).contains(Reason.PERMISSION_DENIED);
        var deep = txn(List.of(), List.of(), List.of(txn(List.of(), List.of(), List.of(delete("n", false)))));
        assertThat(alice(txn(List.of(), List.of(deep), good))).contains(Reason.PERMISSION_DENIED);
    }

    @Test
    void onlyAnAdministratorCompactsAndChangesAlarmsAndUsers() {
        var alarm = new Command.SetAlarm(new Alarm(new MemberId(1), Alarm.Kind.NO_SPACE), true);
        for (var command : List.of(new Command.Compact(3), alarm, new AuthCommand.AddRole("r"))) {
            assertThat(command("root", command)).isEmpty();
            assertThat(command("alice", command)).contains(Reason.PERMISSION_DENIED);
            assertThat(command("nobody", command)).contains(Reason.USER_NOT_FOUND);
            assertThat(new Access(STATE, Caller.NOBODY, AccessTest::keys).refusal(command))
                    .contains(Reason.USER_EMPTY);
        }
    }

    @Test
    void anybodyWithANameOpensLeases() {
        assertThat(command("alice", new Command.GrantLease(OWN, 5))).isEmpty();
        assertThat(new Access(STATE, Caller.NOBODY, AccessTest::keys).refusal(new Command.GrantLease(OWN, 5)))
                .contains(Reason.USER_EMPTY);
    }

    @Test
    void theRevisionCountsBeforeTheRights() {
        var stale = new Access(STATE, new Caller("root", REVISION - 1), AccessTest::keys);

        assertThat(stale.refusal((Operation) range("r"))).contains(Reason.OLD_AUTH_REVISION);
        assertThat(stale.refusal((Command) put("n", LeaseId.NONE, false))).contains(Reason.OLD_AUTH_REVISION);
    }

    @Test
    void aUserWhoIsGoneHasNoRights() {
        assertThat(access("gone").refusal((Operation) range("r"))).contains(Reason.PERMISSION_DENIED);
    }

    @Test
    void aPermissionOfAKindThatThereIsNotGivesNothing() {
        assertThat(alice(put("x", LeaseId.NONE, false))).contains(Reason.PERMISSION_DENIED);
        assertThat(access("alice").refusal((Operation) range("x"))).contains(Reason.PERMISSION_DENIED);
    }

    @Test
    void whileAuthIsOffEverybodyMayDoEverything() {
        var off = new Access(state(false), Caller.NOBODY, AccessTest::keys);

        assertThat(off.refusal((Command) put("n", FOREIGN, true))).isEmpty();
        assertThat(off.refusal(new Command.Compact(1))).isEmpty();
    }

    @Test
    void aCommandOnBehalfOfSomebodyIsHisOwn() {
        var byAlice = new Command.OnBehalf(new Caller("alice", REVISION), put("n", LeaseId.NONE, false));

        assertThat(command("root", byAlice)).contains(Reason.PERMISSION_DENIED);
    }

    private static Optional<Reason> alice(Command command) {
        return command("alice", command);
    }

    private static Optional<Reason> command(String user, Command command) {
        return access(user).refusal(command);
    }

    private static Access access(String user) {
        return new Access(STATE, new Caller(user, REVISION), AccessTest::keys);
    }

    private static List<Bytes> keys(LeaseId lease) {
        if (lease.equals(OWN)) {
            return List.of(Bytes.utf8("w"));
        }
        return lease.equals(FOREIGN) ? List.of(Bytes.utf8("w"), Bytes.utf8("n")) : List.of();
    }

    private static Put put(String key, LeaseId lease, boolean previous) {
        return new Put(Bytes.utf8(key), Bytes.EMPTY, lease, previous, false, false);
    }

    private static DeleteRange delete(String key, boolean previous) {
        return new DeleteRange(KeyRange.single(Bytes.utf8(key)), previous);
    }

    private static Range range(String key) {
        return Range.of(KeyRange.single(Bytes.utf8(key)));
    }

    private static Txn txn(
            List<String> compared, List<? extends Operation> success, List<? extends Operation> failure) {
        var compares = compared.stream()
                .map(key -> new Compare(
                        KeyRange.single(Bytes.utf8(key)), Compare.Relation.EQUAL, new Compare.Target.Version(0)))
                .toList();
        return new Txn(compares, List.copyOf(success), List.copyOf(failure));
    }
}
