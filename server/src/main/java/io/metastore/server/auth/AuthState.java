package io.metastore.server.auth;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.request.Caller;
import io.metastore.server.request.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/// Users, roles and whether they count, at one revision of auth. It never changes; who holds one sees all of it
/// as it was at the same moment.
///
/// Source of the order in which refusals are found: the auth store of etcd 3.7.
public final class AuthState {
    /// The user and the role that may do everything.
    public static final String ROOT = "root";

    /// As etcd's storage keeps them. The order of Java's strings is another one outside of the basic plane.
    static final Comparator<String> NAMES = Comparator.comparing(Bytes::utf8);

    /// Of a store in which nobody was ever added.
    public static final AuthState INITIAL = new AuthState(false, 1, new TreeMap<>(NAMES), new TreeMap<>(NAMES));

    private final boolean enabled;
    private final long revision;
    private final NavigableMap<String, User> users;
    private final NavigableMap<String, Role> roles;

    /// Made when they are first asked for.
    private final Map<String, Rights> rights = new ConcurrentHashMap<>();

    AuthState(boolean enabled, long revision, NavigableMap<String, User> users, NavigableMap<String, Role> roles) {
        this.enabled = enabled;
        this.revision = revision;
        this.users = users;
        this.roles = roles;
    }

    /// Of all that is in it, in any order.
    public static AuthState of(boolean enabled, long revision, List<User> users, List<Role> roles) {
        return new AuthState(enabled, revision, named(users, User::name), named(roles, Role::name));
    }

    private static <T> NavigableMap<String, T> named(List<T> all, Function<T, String> name) {
        var named = new TreeMap<String, T>(NAMES);
        all.forEach(one -> named.put(name.apply(one), one));
        return named;
    }

    /// Whether anybody is asked who he is.
    public boolean enabled() {
        return enabled;
    }

    /// Counts the changes, from 1.
    public long revision() {
        return revision;
    }

    public Optional<User> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    public Optional<Role> role(String name) {
        return Optional.ofNullable(roles.get(name));
    }

    /// In the order of their names.
    public List<User> users() {
        return List.copyOf(users.values());
    }

    /// In the order of their names.
    public List<Role> roles() {
        return List.copyOf(roles.values());
    }

    public List<String> userNames() {
        return List.copyOf(users.keySet());
    }

    public List<String> roleNames() {
        return List.copyOf(roles.keySet());
    }

    /// Why the caller is not an administrator.
    public Optional<Reason> refusesAdmin(Caller caller) {
        if (!enabled) {
            return Optional.empty();
        }
        if (caller.user().isEmpty()) {
            return Optional.of(Reason.USER_EMPTY);
        }
        if (!users.containsKey(caller.user())) {
            return Optional.of(Reason.USER_NOT_FOUND);
        }
        return rights(caller.user()).isAdmin() ? Optional.empty() : Optional.of(Reason.PERMISSION_DENIED);
    }

    /// Why the caller is nobody in particular. Whether the user still exists is not asked.
    public Optional<Reason> refusesStranger(Caller caller) {
        return enabled && caller.user().isEmpty() ? Optional.of(Reason.USER_EMPTY) : Optional.empty();
    }

    public Optional<Reason> refusesRead(Caller caller, KeyRange keys) {
        return refuses(caller, rights -> rights.mayRead(keys));
    }

    public Optional<Reason> refusesWrite(Caller caller, KeyRange keys) {
        return refuses(caller, rights -> rights.mayWrite(keys));
    }

    private Optional<Reason> refuses(Caller caller, Predicate<Rights> suffice) {
        if (!enabled) {
            return Optional.empty();
        }
        if (caller.authRevision() == 0) {
            return Optional.of(Reason.USER_EMPTY);
        }
        if (caller.authRevision() < revision) {
            return Optional.of(Reason.OLD_AUTH_REVISION);
        }
        boolean may = users.containsKey(caller.user()) && suffice.test(rights(caller.user()));
        return may ? Optional.empty() : Optional.of(Reason.PERMISSION_DENIED);
    }

    private Rights rights(String user) {
        return rights.computeIfAbsent(user, this::merged);
    }

    private Rights merged(String name) {
        var user = user(name).orElseThrow(() -> new IllegalStateException("there is no user " + name));
        var permissions = user.roles().stream()
                .flatMap(role -> role(role).stream())
                .flatMap(role -> role.permissions().stream())
                .toList();
        return Rights.of(user.has(ROOT), permissions);
    }

    AuthState enabled(boolean now) {
        return new AuthState(now, revision, users, roles);
    }

    AuthState withUser(User user) {
        var changed = new TreeMap<>(users);
        changed.put(user.name(), user);
        return new AuthState(enabled, revision, changed, roles);
    }

    AuthState withoutUser(String name) {
        var changed = new TreeMap<>(users);
        changed.remove(name);
        return new AuthState(enabled, revision, changed, roles);
    }

    AuthState withRole(Role role) {
        var changed = new TreeMap<>(roles);
        changed.put(role.name(), role);
        return new AuthState(enabled, revision, users, changed);
    }

    AuthState withoutRole(String name) {
        var changed = new TreeMap<>(roles);
        changed.remove(name);
        return new AuthState(enabled, revision, users, changed);
    }

    AuthState atNextRevision() {
        return new AuthState(enabled, revision + 1, users, roles);
    }
}
