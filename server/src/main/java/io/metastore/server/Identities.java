package io.metastore.server;

import io.metastore.server.auth.AuthTable;
import io.metastore.server.auth.TokenListener;
import io.metastore.server.config.AuthConfig;
import io.metastore.server.config.AuthConfig.TokenKind;
import io.metastore.server.config.ConfigException;
import io.metastore.server.consensus.Consensus;
import io.metastore.server.identity.KeyException;
import io.metastore.server.identity.NoTokens;
import io.metastore.server.identity.Passwords;
import io.metastore.server.identity.SignedTokens;
import io.metastore.server.identity.SimpleTokens;
import io.metastore.server.identity.Tokens;
import io.metastore.server.node.NodeParts;
import io.metastore.server.upkeep.TokenKeeper;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/// How clients prove who they are, as the settings have it.
record Identities(Tokens tokens, Passwords passwords) {
    /// @throws ConfigException when key files cannot be used
    static Identities open(AuthConfig config, Closing closing) {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        var passwords = closing.later(new Passwords(config.bcryptCost(), threads, new SecureRandom()));
        return new Identities(tokens(config), passwords);
    }

    private static Tokens tokens(AuthConfig config) {
        try {
            return switch (config.tokens()) {
                case TokenKind.None() -> new NoTokens();
                case TokenKind.Simple() ->
                    new SimpleTokens(config.simpleTokenTtl(), System::nanoTime, new SecureRandom());
                case TokenKind.Signed(var method, var publicKey, var privateKey, var ttl) ->
                    SignedTokens.open(method, file(privateKey), file(publicKey), ttl, InstantSource.system());
            };
        } catch (KeyException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private static List<Path> file(String name) {
        return name.isEmpty() ? List.of() : List.of(Path.of(name));
    }

    /// Who is to hear of tokens; it knows of all that there are.
    TokenListener listener(AuthTable table) {
        return switch (tokens) {
            case SimpleTokens simple -> {
                simple.reloaded(table.tokens());
                yield simple;
            }
            case SignedTokens _, NoTokens _ -> TokenListener.DEAF;
        };
    }

    /// Keeps track of tokens from now on.
    void keep(Consensus consensus, Closing closing) {
        switch (tokens) {
            case SimpleTokens simple ->
                closing.later(TokenKeeper.start(
                        simple, consensus, () -> consensus.state().isLeader()));
            case SignedTokens _, NoTokens _ -> {}
        }
    }

    NodeParts.Identity parts() {
        return new NodeParts.Identity(tokens, passwords);
    }
}
