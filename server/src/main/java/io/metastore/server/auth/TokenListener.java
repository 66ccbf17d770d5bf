package io.metastore.server.auth;

import io.metastore.server.model.Bytes;
import java.util.List;

/// Is told which tokens are valid, after the commit and in the order of the changes. Calls come from the thread
/// that applies commands: an implementation notes what it hears and returns.
public interface TokenListener {
    /// For where no tokens are made.
    TokenListener DEAF = new TokenListener() {
        @Override
        public void issued(Token token) {}

        @Override
        public void kept(Bytes digest) {}

        @Override
        public void dropped(Bytes digest) {}

        @Override
        public void reloaded(List<Token> all) {}
    };

    void issued(Token token);

    /// The token was used of late, here or elsewhere. It may be unknown by now.
    void kept(Bytes digest);

    void dropped(Bytes digest);

    /// Everything heard before is void: these are the tokens of a state that was taken over whole, in no order.
    void reloaded(List<Token> all);
}
