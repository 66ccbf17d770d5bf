package io.metastore.server.node;

import io.metastore.server.auth.Access;
import io.metastore.server.auth.AuthState;
import io.metastore.server.identity.Passwords;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.Permission;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/// The part of the door that is about users and roles. Passwords go no further than here. Nothing
/// blocks; replies come as those of `Node` do, or from a thread that has hashed a password.
public final class Users {
    /// What the role root gives, whatever was granted to it: every key.
    private static final Permission ALL =
            new Permission(Permission.READ_WRITE, Bytes.EMPTY, Bytes.wrap(new byte[] {0}));

    private final NodeParts parts;
    private final Entrance entrance;
    private final Reads reads;
    private final Doorkeeper doorkeeper;
    private final Login login;

    Users(NodeParts parts, Entrance entrance, Reads reads, Doorkeeper doorkeeper) {
        this.parts = parts;
        this.entrance = entrance;
        this.reads = reads;
        this.doorkeeper = doorkeeper;
        this.login = new Login(parts, entrance, reads);
    }

    public boolean isAuthEnabled() {
        return doorkeeper.state().enabled();
    }

    /// Gives out a token for a user and the right password.
    public void authenticate(String user, String password, Consumer<Outcome> reply) {
        login.authenticate(user, password, reply);
    }

    /// Why the password is not taken as the user's, if so; the reply comes on another thread, or at
    /// once.
    public void verify(String user, String password, Consumer<Optional<Reason>> reply) {
        login.verify(user, password, reply);
    }

    /// A digest that is another one when the user's password is; nothing for a user without one. The hash
    /// itself, which passwords can be tried against, stays here.
    public Optional<Bytes> passwordMark(String user) {
        return doorkeeper
                .state()
                .user(user)
                .filter(known -> !known.noPassword())
                .map(known -> Bytes.wrap(digest().digest(known.passwordHash().shared())));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Carries out a change that has no password in it.
    public void change(Credentials who, AuthCommand.Management command, Consumer<Outcome> reply) {
        entrance.enter(who, command, reply);
    }

    public void addUser(Credentials who, String user, String password, Consumer<Outcome> reply) {
        hashed(who, password, hash -> new AuthCommand.AddUser(user, hash, false), reply);
    }

    public void changePassword(Credentials who, String user, String password, Consumer<Outcome> reply) {
        hashed(who, password, hash -> new AuthCommand.ChangePassword(user, hash), reply);
    }

    /// Hashing is dear, so it is done only for somebody who may go on.
    private void hashed(
            Credentials who,
            String password,
            Function<Bytes, AuthCommand.Management> command,
            Consumer<Outcome> reply) {
        if (Passwords.isTooLong(password)) {
            reply.accept(new Outcome.Refused(Reason.PASSWORD_TOO_LONG));
        } else if (doorkeeper.refuses(who, Right.ADMINISTRATOR).isEmpty()) {
            hash(who, password, command, reply);
        } else {
            // This member may not have heard of the right yet.
            reads.linearizable(
                    Runnable::run,
                    unreadable -> unreadable
                            .or(() -> doorkeeper.refuses(who, Right.ADMINISTRATOR))
                            .ifPresentOrElse(
                                    reason -> reply.accept(new Outcome.Refused(reason)),
                                    () -> hash(who, password, command, reply)));
        }
    }

    private void hash(
            Credentials who,
            String password,
            Function<Bytes, AuthCommand.Management> command,
            Consumer<Outcome> reply) {
        parts.identity().passwords().hash(password, hashing -> {
            switch (hashing) {
                case Passwords.Hashing.Done(var hash) -> change(who, command.apply(hash), reply);
                case Passwords.Hashing.Busy _ -> reply.accept(new Outcome.Refused(Reason.TOO_MANY_REQUESTS));
            }
        });
    }

    public void status(Credentials who, Executor where, Consumer<Outcome> reply) {
        read(
                new Guard(who, _ -> Optional.empty()),
                auth -> new Outcome.AuthStatus(revision(), auth.enabled(), auth.revision()),
                where,
                reply);
    }

    public void userNames(Credentials who, Executor where, Consumer<Outcome> reply) {
        read(administrator(who), auth -> new Outcome.Names(revision(), auth.userNames()), where, reply);
    }

    public void roleNames(Credentials who, Executor where, Consumer<Outcome> reply) {
        read(administrator(who), auth -> new Outcome.Names(revision(), auth.roleNames()), where, reply);
    }

    /// The roles of a user, who may ask for his own.
    public void rolesOf(Credentials who, String user, Executor where, Consumer<Outcome> reply) {
        var guard = new Guard(
                who,
                access -> access.state()
                        .refusesAdmin(access.caller())
                        .filter(_ -> !access.caller().user().equals(user)));
        read(
                guard,
                auth -> auth.user(user)
                        .<Outcome>map(found -> new Outcome.Names(revision(), found.roles()))
                        .orElseGet(() -> new Outcome.Refused(Reason.USER_NOT_FOUND)),
                where,
                reply);
    }

    /// What a role gives; whoever has it may ask.
    public void permissionsOf(Credentials who, String role, Executor where, Consumer<Outcome> reply) {
        var guard = new Guard(
                who, access -> access.state().refusesAdmin(access.caller()).filter(_ -> !isOwnRole(access, role)));
        read(
                guard,
                auth -> auth.role(role)
                        .<Outcome>map(found -> new Outcome.Permissions(
                                revision(), role.equals(AuthState.ROOT) ? List.of(ALL) : found.permissions()))
                        .orElseGet(() -> new Outcome.Refused(Reason.ROLE_NOT_FOUND)),
                where,
                reply);
    }

    private static boolean isOwnRole(Access access, String role) {
        return access.state()
                .user(access.caller().user())
                .filter(user -> user.roles().contains(role))
                .isPresent();
    }

    /// Who asks, and what he must be.
    private record Guard(Credentials who, Doorkeeper.Rule rule) {}

    private static Guard administrator(Credentials who) {
        return new Guard(who, access -> access.state().refusesAdmin(access.caller()));
    }

    private void read(Guard guard, Function<AuthState, Outcome> read, Executor where, Consumer<Outcome> reply) {
        reads.linearizable(where, unreadable -> {
            var auth = doorkeeper.state();
            reply.accept(unreadable
                    .or(() -> doorkeeper.refuses(auth, guard.who(), guard.rule()))
                    .<Outcome>map(Outcome.Refused::new)
                    .orElseGet(() -> read.apply(auth)));
        });
    }

    private long revision() {
        return parts.state().store().revision();
    }
}
