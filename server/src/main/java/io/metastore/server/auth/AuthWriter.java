package io.metastore.server.auth;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Permission;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.AuthCommand.IssueToken;
import io.metastore.server.request.Reason;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The changes that one batch makes to users, roles and tokens. Reads here see them at once, the table sees
/// them when they are published. For the thread that applies commands.
///
/// Source of the rules and of the order in which they are looked at: the auth store of etcd 3.7.
public final class AuthWriter {
    private final AuthTable table;
    private final Batch batch;
    private final List<TokenChange> tokens = new ArrayList<>();
    private AuthState state;

    AuthWriter(AuthTable table, Batch batch) {
        this.table = table;
        this.batch = batch;
        this.state = table.state();
    }

    /// With the changes made here.
    public AuthState state() {
        return state;
    }

    /// Takes over the users, roles and switch of elsewhere, for a table that has none.
    public void adopt(AuthState elsewhere) {
        elsewhere.users().forEach(this::put);
        elsewhere.roles().forEach(this::put);
        store(elsewhere);
    }

    /// Carries a change out, unless it is refused; then nothing has changed. Who asks for it was looked at
    /// before.
    public Optional<Reason> change(AuthCommand.Management change) {
        return switch (change) {
            case AuthCommand.Enable _ -> enable();
            case AuthCommand.Disable _ -> disable();
            case AuthCommand.AddUser(var name, var hash, var noPassword) ->
                addUser(new User(name, hash, noPassword, List.of()));
            case AuthCommand.DeleteUser(var name) -> deleteUser(name);
            case AuthCommand.ChangePassword(var name, var hash) -> changePassword(name, hash);
            case AuthCommand.GrantRole(var user, var role) -> grantRole(user, role);
            case AuthCommand.RevokeRole(var user, var role) -> revokeRole(user, role);
            case AuthCommand.AddRole(var name) -> addRole(name);
            case AuthCommand.DeleteRole(var name) -> deleteRole(name);
            case AuthCommand.GrantPermission(var role, var permission) -> grant(role, permission);
            case AuthCommand.RevokePermission(var role, var key, var end) -> revoke(role, key, end);
        };
    }

    /// Makes a token valid.
    ///
    /// @param index the place in the log of the command
    public Optional<Reason> issue(IssueToken issue, long index) {
        if (!state.enabled()) {
            return Optional.of(Reason.AUTH_NOT_ENABLED);
        }
        if (issue.checkedRevision() != state.revision()) {
            return Optional.of(Reason.OLD_AUTH_REVISION);
        }
        var token = new Token(issue.digest(), issue.user(), index);
        batch.put(Column.AUTH, AuthRow.tokenKey(token.digest()), AuthRow.value(token));
        tokens.add(new TokenChange.Issued(token));
        return Optional.empty();
    }

    public void keep(List<Bytes> digests) {
        digests.forEach(digest -> tokens.add(new TokenChange.Kept(digest)));
    }

    /// One that is not there is no matter.
    public void drop(List<Bytes> digests) {
        for (var digest : digests) {
            batch.delete(Column.AUTH, AuthRow.tokenKey(digest));
            tokens.add(new TokenChange.Dropped(digest));
        }
    }

    /// Makes the changes visible in the table and tells those of tokens to `listener`; after the batch was
    /// committed.
    public void published(TokenListener listener) {
        if (state != table.state()) {
            table.publish(state);
        }
        for (var change : tokens) {
            table.publish(change);
            change.tell(listener);
        }
    }

    private Optional<Reason> enable() {
        if (state.enabled()) {
            return Optional.empty();
        }
        var root = state.user(AuthState.ROOT);
        if (root.isEmpty()) {
            return Optional.of(Reason.ROOT_USER_MISSING);
        }
        if (!root.get().has(AuthState.ROOT)) {
            return Optional.of(Reason.ROOT_ROLE_MISSING);
        }
        store(state.enabled(true));
        return Optional.empty();
    }

    private Optional<Reason> disable() {
        if (state.enabled()) {
            commit(state.enabled(false));
            drop(valid().stream().map(Token::digest).toList());
        }
        return Optional.empty();
    }

    private Optional<Reason> addUser(User user) {
        if (user.name().isEmpty()) {
            return Optional.of(Reason.USER_EMPTY);
        }
        if (state.user(user.name()).isPresent()) {
            return Optional.of(Reason.USER_EXISTS);
        }
        put(user);
        return raised();
    }

    private Optional<Reason> deleteUser(String name) {
        if (state.enabled() && name.equals(AuthState.ROOT)) {
            return Optional.of(Reason.INVALID_AUTH_MANAGEMENT);
        }
        if (state.user(name).isEmpty()) {
            return Optional.of(Reason.USER_NOT_FOUND);
        }
        batch.delete(Column.AUTH, AuthRow.userKey(name));
        state = state.withoutUser(name);
        dropTokensOf(name);
        return raised();
    }

    private Optional<Reason> changePassword(String name, Bytes hash) {
        var user = state.user(name);
        if (user.isEmpty()) {
            return Optional.of(Reason.USER_NOT_FOUND);
        }
        put(user.get().withPassword(user.get().noPassword() ? Bytes.EMPTY : hash));
        dropTokensOf(name);
        return raised();
    }

    private Optional<Reason> grantRole(String name, String role) {
        var user = state.user(name);
        if (user.isEmpty()) {
            return Optional.of(Reason.USER_NOT_FOUND);
        }
        if (!role.equals(AuthState.ROOT) && state.role(role).isEmpty()) {
            return Optional.of(Reason.ROLE_NOT_FOUND);
        }
        if (user.get().has(role)) {
            return Optional.empty();
        }
        put(user.get().granting(role));
        return raised();
    }

    private Optional<Reason> revokeRole(String name, String role) {
        if (state.enabled() && name.equals(AuthState.ROOT) && role.equals(AuthState.ROOT)) {
            return Optional.of(Reason.INVALID_AUTH_MANAGEMENT);
        }
        var user = state.user(name);
        if (user.isEmpty()) {
            return Optional.of(Reason.USER_NOT_FOUND);
        }
        if (!user.get().has(role)) {
            return Optional.of(Reason.ROLE_NOT_GRANTED);
        }
        put(user.get().without(role));
        return raised();
    }

    private Optional<Reason> addRole(String name) {
        if (name.isEmpty()) {
            return Optional.of(Reason.ROLE_EMPTY);
        }
        if (state.role(name).isPresent()) {
            return Optional.of(Reason.ROLE_EXISTS);
        }
        put(new Role(name, List.of()));
        return raised();
    }

    private Optional<Reason> deleteRole(String name) {
        if (state.enabled() && name.equals(AuthState.ROOT)) {
            return Optional.of(Reason.INVALID_AUTH_MANAGEMENT);
        }
        if (state.role(name).isEmpty()) {
            return Optional.of(Reason.ROLE_NOT_FOUND);
        }
        batch.delete(Column.AUTH, AuthRow.roleKey(name));
        state = state.withoutRole(name);
        for (var user : state.users()) {
            if (user.has(name)) {
                put(user.without(name));
            }
        }
        return raised();
    }

    private Optional<Reason> grant(String name, Permission permission) {
        if (!permission.isWellFormed()) {
            return Optional.of(Reason.INVALID_AUTH_MANAGEMENT);
        }
        var role = state.role(name);
        if (role.isEmpty()) {
            return Optional.of(Reason.ROLE_NOT_FOUND);
        }
        put(role.get().granting(permission));
        return raised();
    }

    private Optional<Reason> revoke(String name, Bytes key, Bytes end) {
        var role = state.role(name);
        if (role.isEmpty()) {
            return Optional.of(Reason.ROLE_NOT_FOUND);
        }
        var left = role.get().without(key, end);
        if (left.permissions().size() == role.get().permissions().size()) {
            return Optional.of(Reason.PERMISSION_NOT_GRANTED);
        }
        put(left);
        return raised();
    }

    private void dropTokensOf(String user) {
        drop(valid().stream()
                .filter(token -> token.user().equals(user))
                .map(Token::digest)
                .toList());
    }

    /// The tokens that are valid with the changes made here. Few changes ask, so it is made each time.
    private List<Token> valid() {
        var valid = table.published();
        for (var change : tokens) {
            switch (change) {
                case TokenChange.Issued(var token) -> valid.put(token.digest(), token);
                case TokenChange.Kept _ -> {}
                case TokenChange.Dropped(var digest) -> valid.remove(digest);
            }
        }
        return List.copyOf(valid.values());
    }

    private void put(User user) {
        batch.put(Column.AUTH, AuthRow.userKey(user.name()), AuthRow.value(user));
        state = state.withUser(user);
    }

    private void put(Role role) {
        batch.put(Column.AUTH, AuthRow.roleKey(role.name()), AuthRow.value(role));
        state = state.withRole(role);
    }

    private Optional<Reason> raised() {
        commit(state);
        return Optional.empty();
    }

    private void commit(AuthState next) {
        store(next.atNextRevision());
    }

    private void store(AuthState next) {
        batch.put(Column.AUTH, AuthRow.SWITCH_KEY, AuthRow.switched(next.enabled(), next.revision()));
        state = next;
    }
}
