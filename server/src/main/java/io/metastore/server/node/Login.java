package io.metastore.server.node;

import io.metastore.server.auth.AuthTable;
import io.metastore.server.auth.User;
import io.metastore.server.identity.NoTokens;
import io.metastore.server.identity.SignedTokens;
import io.metastore.server.identity.SimpleTokens;
import io.metastore.server.model.Bytes;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.util.Optional;
import java.util.function.Consumer;

/// Checks a password and gives out a token. The password stays here; while it is being checked users may
/// change, so what it was checked against must still count when the token becomes valid, or it is checked
/// again.
///
/// Source: the authentication of etcd 3.7.
final class Login {
    private static final int MOST_CHECKS = 10;
    /// Of a password that nobody has, so that looking for a user takes as long as checking one.
    private static final Bytes NOBODYS = Bytes.utf8("$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy");

    private final AuthTable auth;
    private final NodeParts.Identity identity;
    private final Entrance entrance;
    private final Reads reads;
    private final NodeParts parts;

    Login(NodeParts parts, Entrance entrance, Reads reads) {
        this.parts = parts;
        this.auth = parts.state().auth();
        this.identity = parts.identity();
        this.entrance = entrance;
        this.reads = reads;
    }

    void authenticate(String user, String password, Consumer<Outcome> reply) {
        reads.linearizable(
                Runnable::run,
                unreadable -> unreadable.ifPresentOrElse(
                        reason -> refuse(reason, reply), () -> check(new Attempt(user, password, 1), reply)));
    }

    /// Whether the password is the user's, by what this member knows; no token is made. It takes as long for a user
    /// that there is not.
    void verify(String user, String password, Consumer<Optional<Reason>> reply) {
        var found = auth.state().user(user).filter(known -> !known.noPassword());
        var hash = found.map(User::passwordHash).orElse(NOBODYS);
        identity.passwords()
                .check(
                        password,
                        hash,
                        verdict -> reply.accept(
                                switch (verdict) {
                                    case RIGHT ->
                                        found.isPresent() ? Optional.empty() : Optional.of(Reason.AUTH_FAILED);
                                    case WRONG -> Optional.of(Reason.AUTH_FAILED);
                                    case BUSY -> Optional.of(Reason.TOO_MANY_REQUESTS);
                                }));
    }

    private record Attempt(String user, String password, int number) {
        Attempt next() {
            return new Attempt(user, password, number + 1);
        }

        /// Without the password.
        @Override
        public String toString() {
            return "Attempt[" + user + ", " + number + "]";
        }
    }

    private void check(Attempt attempt, Consumer<Outcome> reply) {
        var state = auth.state();
        var user = state.user(attempt.user());
        if (!state.enabled()) {
            refuse(Reason.AUTH_NOT_ENABLED, reply);
        } else if (user.isEmpty()) {
            refuse(Reason.AUTH_FAILED, reply);
        } else if (user.get().noPassword()) {
            refuse(Reason.NO_PASSWORD_USER, reply);
        } else {
            identity.passwords().check(attempt.password(), user.get().passwordHash(), verdict -> {
                switch (verdict) {
                    case RIGHT -> issue(attempt, state.revision(), reply);
                    case WRONG -> refuse(Reason.AUTH_FAILED, reply);
                    case BUSY -> refuse(Reason.TOO_MANY_REQUESTS, reply);
                }
            });
        }
    }

    private void issue(Attempt attempt, long checkedRevision, Consumer<Outcome> reply) {
        switch (identity.tokens()) {
            case NoTokens() -> refuse(Reason.AUTH_FAILED, reply);
            case SignedTokens signed -> sign(signed, attempt, checkedRevision, reply);
            case SimpleTokens simple -> register(simple, attempt, checkedRevision, reply);
        }
    }

    private void sign(SignedTokens tokens, Attempt attempt, long checkedRevision, Consumer<Outcome> reply) {
        if (auth.state().revision() != checkedRevision) {
            again(attempt, reply);
            return;
        }
        reply.accept(tokens.sign(attempt.user(), checkedRevision)
                .<Outcome>map(
                        token -> new Outcome.Authenticated(parts.state().store().revision(), token))
                .orElseGet(() -> new Outcome.Refused(Reason.CANNOT_SIGN)));
    }

    private void register(SimpleTokens tokens, Attempt attempt, long checkedRevision, Consumer<Outcome> reply) {
        var secret = tokens.newSecret();
        var command = new AuthCommand.IssueToken(attempt.user(), secret.digest(), checkedRevision);
        entrance.enter(Credentials.MEMBER, command, outcome -> {
            switch (outcome) {
                case Outcome.TokenIssued(var revision, var index) ->
                    reply.accept(new Outcome.Authenticated(revision, secret.token(index)));
                case Outcome.Refused(var reason) when reason == Reason.OLD_AUTH_REVISION -> again(attempt, reply);
                case Outcome.Refused _ -> reply.accept(outcome);
                case Outcome.Done other -> throw new IllegalStateException("a token was answered with " + other);
            }
        });
    }

    private void again(Attempt attempt, Consumer<Outcome> reply) {
        if (attempt.number() < MOST_CHECKS) {
            check(attempt.next(), reply);
        } else {
            refuse(Reason.OLD_AUTH_REVISION, reply);
        }
    }

    private static void refuse(Reason reason, Consumer<Outcome> reply) {
        reply.accept(new Outcome.Refused(reason));
    }
}
