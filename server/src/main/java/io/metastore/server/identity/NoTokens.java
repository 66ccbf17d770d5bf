package io.metastore.server.identity;

import io.metastore.server.request.Caller;
import java.util.Optional;

/// No kind of token: nobody can log in, except by a certificate.
public record NoTokens() implements Tokens {
    @Override
    public Optional<Caller> caller(String token, long authRevision) {
        return Optional.empty();
    }

    @Override
    public boolean mayBecomeKnown(String token, long appliedIndex) {
        return false;
    }
}
