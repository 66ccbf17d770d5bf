package io.metastore.server.node;

import io.metastore.server.auth.AuthTable;
import io.metastore.server.identity.NoTokens;
import io.metastore.server.identity.SignedTokens;
import io.metastore.server.identity.SimpleTokens;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.util.function.Consumer;

/// Checks a password and gives out a token. The password stays here; while it is being checked users may
/// change, so what it was checked against must still count when the token becomes valid, or it is checked
/// again.
///
/// Source: the authentication of etcd 3.7.
final class Login {
    private static final int MOST_CHECKS = 10;

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
