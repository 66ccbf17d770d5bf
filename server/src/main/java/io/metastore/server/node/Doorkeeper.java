package io.metastore.server.node;

import io.metastore.server.auth.Access;
import io.metastore.server.auth.AuthState;
import io.metastore.server.auth.AuthTable;
import io.metastore.server.identity.Tokens;
import io.metastore.server.lease.LeaseTable;
import io.metastore.server.request.Caller;
import io.metastore.server.request.Reason;
import java.util.Optional;

/// Knows who somebody is, and what this member's state says that he may do. While auth is switched off
/// it asks nobody, and costs one read of memory.
final class Doorkeeper {
    private final AuthTable table;
    private final LeaseTable leases;
    private final Tokens tokens;

    Doorkeeper(AuthTable table, LeaseTable leases, Tokens tokens) {
        this.table = table;
        this.leases = leases;
        this.tokens = tokens;
    }

    /// A question about what somebody may do; answered with why not, or with nothing.
    @FunctionalInterface
    interface Rule {
        Optional<Reason> refusal(Access access);
    }

    boolean asks() {
        return table.state().enabled();
    }

    AuthState state() {
        return table.state();
    }

    /// Why `who` must not do what the rule is about, as far as is known here.
    Optional<Reason> refuses(Credentials who, Rule rule) {
        return refuses(table.state(), who, rule);
    }

    Optional<Reason> refuses(AuthState state, Credentials who, Rule rule) {
        if (!state.enabled() || who instanceof Credentials.Member) {
            return Optional.empty();
        }
        var caller = caller(state, who);
        return caller.isEmpty() ? Optional.of(Reason.INVALID_TOKEN) : rule.refusal(access(state, caller.get()));
    }

    Optional<Reason> refuses(Credentials who, Right right) {
        return refuses(who, access -> switch (right) {
            case ANYBODY -> Optional.empty();
            case USER -> access.state().refusesStranger(access.caller());
            case ADMINISTRATOR -> access.state().refusesAdmin(access.caller());
        });
    }

    Access access(AuthState state, Caller caller) {
        return new Access(state, caller, leases::keys);
    }

    /// Who that is; nothing for a token that is none.
    Optional<Caller> caller(AuthState state, Credentials who) {
        return switch (who) {
            case Credentials.Anonymous _, Credentials.Member _ -> Optional.of(Caller.NOBODY);
            case Credentials.CommonName(var name) -> Optional.of(new Caller(name, state.revision()));
            case Credentials.User(var name) -> Optional.of(new Caller(name, state.revision()));
            case Credentials.Token(var text) -> tokens.caller(text, state.revision());
        };
    }

    /// Whether a token is shown that another member may have made a moment ago.
    boolean mayBecomeKnown(Credentials who, long appliedIndex) {
        var state = table.state();
        return state.enabled()
                && who instanceof Credentials.Token(var text)
                && tokens.caller(text, state.revision()).isEmpty()
                && tokens.mayBecomeKnown(text, appliedIndex);
    }
}
