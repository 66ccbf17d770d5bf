package io.metastore.server.auth;

import io.metastore.server.model.Bytes;

/// What a batch does to one token.
sealed interface TokenChange {
    record Issued(Token token) implements TokenChange {}

    record Kept(Bytes digest) implements TokenChange {}

    record Dropped(Bytes digest) implements TokenChange {}

    default void tell(TokenListener listener) {
        switch (this) {
            case Issued(var token) -> listener.issued(token);
            case Kept(var digest) -> listener.kept(digest);
            case Dropped(var digest) -> listener.dropped(digest);
        }
    }
}
