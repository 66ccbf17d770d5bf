package io.metastore.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Permission;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.AuthCommand.AddRole;
import io.metastore.server.request.AuthCommand.AddUser;
import io.metastore.server.request.AuthCommand.ChangePassword;
import io.metastore.server.request.AuthCommand.DeleteRole;
import io.metastore.server.request.AuthCommand.DeleteUser;
import io.metastore.server.request.AuthCommand.Disable;
import io.metastore.server.request.AuthCommand.Enable;
import io.metastore.server.request.AuthCommand.GrantPermission;
import io.metastore.server.request.AuthCommand.GrantRole;
import io.metastore.server.request.AuthCommand.IssueToken;
import io.metastore.server.request.AuthCommand.Management;
import io.metastore.server.request.AuthCommand.RevokePermission;
import io.metastore.server.request.AuthCommand.RevokeRole;
import io.metastore.server.request.Reason;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.Storage;
import io.metastore.server.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The rules of users, roles and tokens, and that they are kept.
class AuthTableTest {
    private static final Bytes HASH = Bytes.utf8("$2a$04$hash");
    private static final Permission ON_K = new Permission(Permission.READ_WRITE, Bytes.utf8("k"), Bytes.utf8("l"));
    private static final Bytes DIGEST = Bytes.utf8("digest");

    private final Storage storage = MemoryStorage.volatileOnly();
    private final AuthTable table = AuthTable.open(storage);
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void aFreshStoreAsksNobodyAndIsAtRevisionOne() {
        assertThat(table.state().enabled()).isFalse();
        assertThat(table.state().revision()).isEqualTo(1);
        assertThat(table.state().userNames()).isEmpty();
    }

    @Test
    void everythingIsThereAfterARestart() {
        enableWithRoot();
        done(new AddUser("bob", Bytes.EMPTY, true));
        done(new AddRole("r"));
        done(new GrantPermission("r", ON_K));
        done(new GrantRole("bob", "r"));
        assertThat(issue(new IssueToken("bob", DIGEST, table.state().revision()), 9))
                .isEmpty();

        var again = AuthTable.open(storage);

        assertThat(again.state().enabled()).isTrue();
        assertThat(again.state().revision()).isEqualTo(table.state().revision()).isEqualTo(7);
        assertThat(again.state().user("root")).contains(new User("root", HASH, false, List.of("root")));
        assertThat(again.state().user("bob")).contains(new User("bob", Bytes.EMPTY, true, List.of("r")));
        assertThat(again.state().role("r")).contains(new Role("r", List.of(ON_K)));
        assertThat(again.tokens()).containsExactly(new Token(DIGEST, "bob", 9));
    }

    @Test
    void aChangeIsSeenByItsWriterAtOnceAndByOthersOnceItIsPublished() {
        try (var batch = storage.batch()) {
            var writer = table.writer(batch);

            assertThat(writer.change(new AddRole("r"))).isEmpty();

            assertThat(writer.change(new AddRole("r"))).contains(Reason.ROLE_EXISTS);
            assertThat(writer.state().revision()).isEqualTo(2);
            batch.commit();
            assertThat(table.state().roleNames()).isEmpty();
            writer.published(TokenListener.DEAF);
            assertThat(table.state().roleNames()).containsExactly("r");
        }
    }

    @Test
    void reloadTakesOverWhatTheStorageHolds() {
        var other = AuthTable.open(storage);
        enableWithRoot();

        other.reload();

        assertThat(other.state().enabled()).isTrue();
    }

    @Test
    void namesAreInTheOrderOfTheirBytes() {
        // As characters of Java the last one would be before the one before it.
        var names = List.of("Zed", "a", "ä", "\uff5e", "\ud83d\ude00");
        names.reversed().forEach(name -> done(new AddUser(name, HASH, false)));

        assertThat(table.state().userNames()).isEqualTo(names);
        assertThat(AuthTable.open(storage).state().userNames()).isEqualTo(names);
    }

    @Test
    void authIsSwitchedOnOnlyWhenThereIsSomebodyToSwitchItOff() {
        refused(new Enable(), Reason.ROOT_USER_MISSING);
        done(new AddUser("root", HASH, false));
        refused(new Enable(), Reason.ROOT_ROLE_MISSING);
        done(new GrantRole("root", "root"));
        done(new Enable());

        refused(new DeleteUser("root"), Reason.INVALID_AUTH_MANAGEMENT);
        refused(new DeleteRole("root"), Reason.INVALID_AUTH_MANAGEMENT);
        refused(new RevokeRole("root", "root"), Reason.INVALID_AUTH_MANAGEMENT);

        done(new Disable());
        done(new DeleteUser("root"));
    }

    @Test
    void aRefusedChangeAndOneThatChangesNothingLeaveTheRevision() {
        done(new AddUser("u", HASH, false));
        done(new AddRole("r"));
        done(new GrantRole("u", "r"));
        long before = table.state().revision();

        done(new GrantRole("u", "r"));
        done(new Disable());
        refused(new AddUser("u", HASH, false), Reason.USER_EXISTS);
        refused(new AddUser("", HASH, false), Reason.USER_EMPTY);
        refused(new AddRole(""), Reason.ROLE_EMPTY);
        refused(new RevokeRole("u", "other"), Reason.ROLE_NOT_GRANTED);
        refused(new RevokePermission("r", ON_K.key(), ON_K.end()), Reason.PERMISSION_NOT_GRANTED);
        refused(new GrantRole("u", "other"), Reason.ROLE_NOT_FOUND);
        refused(new GrantRole("nobody", "r"), Reason.USER_NOT_FOUND);
        refused(
                new GrantPermission("r", new Permission(0, Bytes.utf8("b"), Bytes.utf8("a"))),
                Reason.INVALID_AUTH_MANAGEMENT);

        assertThat(table.state().revision()).isEqualTo(before);
    }

    @Test
    void aDeletedRoleIsTakenFromItsUsers() {
        done(new AddUser("u", HASH, false));
        done(new AddRole("r"));
        done(new AddRole("s"));
        done(new GrantRole("u", "s"));
        done(new GrantRole("u", "r"));

        done(new DeleteRole("r"));

        assertThat(table.state().user("u").orElseThrow().roles()).containsExactly("s");
    }

    @Test
    void aPasswordIsNeverKeptForAUserWhoHasNone() {
        done(new AddUser("u", Bytes.EMPTY, true));

        done(new ChangePassword("u", HASH));

        assertThat(table.state().user("u").orElseThrow().passwordHash()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void tokensEndWithTheUserWithThePasswordAndWithAuth() {
        enableWithRoot();
        for (var user : List.of("gone", "changed", "other")) {
            done(new AddUser(user, HASH, false));
        }
        for (var user : List.of("gone", "changed", "other")) {
            issue(new IssueToken(user, Bytes.utf8(user), table.state().revision()), 5);
        }

        done(new DeleteUser("gone"));
        done(new ChangePassword("changed", HASH));
        assertThat(table.tokens()).extracting(Token::user).containsExactly("other");

        done(new Disable());
        assertThat(table.tokens()).isEmpty();
        assertThat(AuthTable.open(storage).tokens()).isEmpty();
        assertThat(heard)
                .containsExactly(
                        "issued gone",
                        "issued changed",
                        "issued other",
                        "dropped gone",
                        "dropped changed",
                        "dropped other");
    }

    @Test
    void aTokenThatIsIssuedInTheSameBatchEndsToo() {
        enableWithRoot();
        done(new AddUser("u", HASH, false));
        try (var batch = storage.batch()) {
            var writer = table.writer(batch);
            assertThat(writer.issue(new IssueToken("u", DIGEST, table.state().revision()), 5))
                    .isEmpty();

            assertThat(writer.change(new DeleteUser("u"))).isEmpty();

            batch.commit();
            writer.published(TokenListener.DEAF);
        }
        assertThat(table.tokens()).isEmpty();
        assertThat(AuthTable.open(storage).tokens()).isEmpty();
    }

    @Test
    void aTokenIsNotIssuedWhenUsersHaveChangedSinceThePasswordWasChecked() {
        enableWithRoot();
        long checked = table.state().revision();
        done(new ChangePassword("root", HASH));

        assertThat(issue(new IssueToken("root", DIGEST, checked), 5)).contains(Reason.OLD_AUTH_REVISION);
        assertThat(table.tokens()).isEmpty();
    }

    @Test
    void withoutAuthNoTokenIsIssued() {
        assertThat(issue(new IssueToken("root", DIGEST, 1), 5)).contains(Reason.AUTH_NOT_ENABLED);
    }

    @Test
    void aDamagedRowIsFoundOutAndNotShown() {
        try (var batch = storage.batch()) {
            batch.put(Column.AUTH, AuthRow.userKey("u"), Bytes.wrap(new byte[] {0, 0, 0, 1, 0, 's', 'e', 'c'}));
            batch.commit();
        }

        assertThatThrownBy(() -> AuthTable.open(storage))
                .isInstanceOf(StorageException.class)
                .hasMessageNotContaining("736563");
    }

    @Test
    void nobodyPrintsAHash() {
        assertThat(new User("u", HASH, false, List.of())).hasToString("User[u, []]");
    }

    private void enableWithRoot() {
        done(new AddUser("root", HASH, false));
        done(new GrantRole("root", "root"));
        done(new Enable());
    }

    private void done(Management change) {
        assertThat(change(writer -> writer.change(change)))
                .as(change.toString())
                .isEmpty();
    }

    private void refused(Management change, Reason reason) {
        assertThat(change(writer -> writer.change(change)))
                .as(change.toString())
                .contains(reason);
    }

    private Optional<Reason> issue(AuthCommand.IssueToken token, long index) {
        return change(writer -> writer.issue(token, index));
    }

    private Optional<Reason> change(Function<AuthWriter, Optional<Reason>> change) {
        try (var batch = storage.batch()) {
            var writer = table.writer(batch);
            var refusal = change.apply(writer);
            batch.commit();
            writer.published(new Hearing());
            return refusal;
        }
    }

    private final class Hearing implements TokenListener {
        @Override
        public void issued(Token token) {
            heard.add("issued " + token.user());
        }

        @Override
        public void kept(Bytes digest) {
            heard.add("kept " + digest.utf8());
        }

        @Override
        public void dropped(Bytes digest) {
            heard.add("dropped " + digest.utf8());
        }

        @Override
        public void reloaded(List<Token> all) {
            heard.add("reloaded " + all.size());
        }
    }
}
