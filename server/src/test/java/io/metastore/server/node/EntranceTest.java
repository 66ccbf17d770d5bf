package io.metastore.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.auth.Token;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Caller;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Outcome.Accepted;
import io.metastore.server.request.Outcome.Refused;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who is let in, at a member that knows less than others.
class EntranceTest {
    private static final Put ON_K = Put.of(Bytes.utf8("k"), Bytes.EMPTY);
    private static final Put ON_N = Put.of(Bytes.utf8("n"), Bytes.EMPTY);
    private static final Credentials ALICE = new Credentials.CommonName("alice");
    private static final Credentials ROOT = new Credentials.CommonName("root");

    private final LateMember member = new LateMember();

    @AfterEach
    void close() {
        member.close();
    }

    @Test
    void withoutAuthACommandGoesInAsItIs() {
        assertThat(execute(Credentials.NONE, ON_K)).isEqualTo(new Accepted(1));

        assertThat(member.proposed).singleElement().isSameAs(ON_K);
    }

    @Test
    void whatMembersAskForTooIsMarkedAsOfAClient() {
        var revoke = new Command.RevokeLease(LeaseId.of(1));

        execute(Credentials.NONE, revoke);
        execute(Credentials.MEMBER, revoke);

        assertThat(member.proposed).containsExactly(new Command.OnBehalf(Caller.NOBODY, revoke), revoke);
    }

    @Test
    void aCommandCarriesWhoAsksAndTheRevisionAtWhichHeWasKnown() {
        member.knowsAlice();

        execute(ALICE, ON_K);

        assertThat(member.proposed)
                .containsExactly(new Command.OnBehalf(new Caller("alice", member.authRevision()), ON_K));
        assertThat(member.barriers()).isZero();
    }

    @Test
    void whoMayNotIsRefusedBeforeTheLogOnceThisMemberKnowsAll() {
        member.knowsAlice();

        assertThat(execute(ALICE, ON_N)).isEqualTo(new Refused(Reason.PERMISSION_DENIED));
        assertThat(execute(Credentials.NONE, ON_K)).isEqualTo(new Refused(Reason.USER_EMPTY));
        assertThat(execute(ALICE, new Command.Compact(1))).isEqualTo(new Refused(Reason.PERMISSION_DENIED));

        assertThat(member.proposed).isEmpty();
        assertThat(member.barriers()).isEqualTo(3);
    }

    @Test
    void aRightThatWasGivenElsewhereAMomentAgoCounts() {
        member.knowsAlice();
        member.willHear(() -> member.change(new AuthCommand.GrantRole("alice", "root")));

        assertThat(execute(ALICE, ON_N)).isEqualTo(new Accepted(1));
    }

    @Test
    void thatAuthWasSwitchedOffElsewhereAMomentAgoCounts() {
        member.knowsAlice();
        member.willHear(() -> member.change(new AuthCommand.Disable()));

        assertThat(execute(Credentials.NONE, ON_N)).isEqualTo(new Accepted(1));
    }

    @Test
    void whileNoMajorityIsReachedNobodyIsToldThatHeMayNot() {
        member.knowsAlice();
        member.setReachable(false);

        assertThat(execute(ALICE, ON_N)).isEqualTo(new Refused(Reason.TIMED_OUT));
    }

    @Test
    void aTokenThatIsNoneIsRefusedAtOnce() {
        member.knowsAlice();

        assertThat(execute(new Credentials.Token("nonsense"), ON_K)).isEqualTo(new Refused(Reason.INVALID_TOKEN));
        assertThat(member.barriers()).isZero();
    }

    @Test
    void aTokenThatWasMadeElsewhereAMomentAgoIsWaitedFor() {
        member.knowsAlice();
        var secret = member.tokens.newSecret();
        var token = new Credentials.Token(secret.token(500));
        member.willHear(() -> member.tokens.issued(new Token(secret.digest(), "alice", 500)));
        assertThat(execute(token, ON_K)).isEqualTo(new Refused(Reason.INVALID_TOKEN));

        var outcome = new AtomicReference<Outcome>();
        member.node.whenKnown(token, Runnable::run, () -> outcome.set(execute(token, ON_K)));

        assertThat(outcome.get()).isEqualTo(new Accepted(1));
        assertThat(member.barriers()).isEqualTo(1);
        member.node.whenKnown(token, Runnable::run, () -> {});
        assertThat(member.barriers()).isEqualTo(1);
    }

    @Test
    void aReadIsRefusedWhenRightsChangedWhileItWasRead() {
        member.knowsAlice();
        var pages = member.node.pages(ALICE, Range.of(KeyRange.single(ON_K.key())));
        assertThat(pages.next(1)).isInstanceOf(Outcome.RangeDone.class);

        member.change(new AuthCommand.RevokeRole("alice", "r"));

        assertThat(pages.next(1)).isEqualTo(new Refused(Reason.PERMISSION_DENIED));
    }

    @Test
    void onlyAnAdministratorHasAPasswordHashedAndOneThatIsTooLongIsNeverHashed() {
        member.knowsAlice();

        assertThat(changePassword(ALICE, "new")).isEqualTo(new Refused(Reason.PERMISSION_DENIED));
        assertThat(changePassword(ALICE, "x".repeat(73))).isEqualTo(new Refused(Reason.PASSWORD_TOO_LONG));
        assertThat(member.proposed).isEmpty();
    }

    @Test
    void aPasswordGoesInAsAHash() throws InterruptedException {
        member.knowsAlice();
        var done = new java.util.concurrent.CountDownLatch(1);

        member.node.users().changePassword(ROOT, "alice", "s3cret-pass", _ -> done.countDown());
        done.await();

        assertThat(member.proposed).singleElement().satisfies(command -> {
            assertThat(command.toString()).doesNotContain("s3cret-pass");
            assertThat(((Command.OnBehalf) command).command())
                    .isInstanceOfSatisfying(
                            AuthCommand.ChangePassword.class,
                            change -> assertThat(change.passwordHash().utf8()).startsWith("$2a$04$"));
        });
    }

    @Test
    void theMarkOfAPasswordIsNotItsHash() {
        member.knowsAlice();

        assertThat(member.node.users().passwordMark("alice"))
                .hasValueSatisfying(mark -> assertThat(mark.length()).isEqualTo(32));
        assertThat(member.node.users().passwordMark("nobody")).isEmpty();
    }

    private Outcome execute(Credentials who, Command command) {
        var outcome = new AtomicReference<Outcome>();
        member.node.execute(who, command, outcome::set);
        return outcome.get();
    }

    private Outcome changePassword(Credentials who, String password) {
        var outcome = new AtomicReference<Outcome>();
        member.node.users().changePassword(who, "alice", password, outcome::set);
        return outcome.get();
    }
}
