package io.metastore.server.mysql;

import io.metastore.server.config.MysqlConfig;
import io.metastore.server.model.Bytes;
import io.metastore.server.mysql.login.Accounts;
import io.metastore.server.mysql.login.Scramble;
import io.metastore.server.mysql.packet.MysqlException;
import io.metastore.server.node.Node;
import io.metastore.server.request.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// The store's users while auth is on, else the one of the settings. Of the store's only a slow hash is known, so what
/// a
/// quick proof is checked with is kept in memory from the first right password until that is changed.
final class NodeAccounts implements Accounts {
    private static final int MOST_REMEMBERED = 10_000;

    private final Node node;
    private final MysqlConfig config;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    NodeAccounts(Node node, MysqlConfig config) {
        this.node = node;
        this.config = config;
    }

    /// @param mark of the password at the time
    private record Remembered(Bytes mark, Bytes verifier) {}

    private boolean isOfSettings(String user) {
        return user.equals(config.user());
    }

    @Override
    public Optional<Bytes> sha2Verifier(String user) {
        if (!node.users().isAuthEnabled()) {
            return isOfSettings(user) ? Optional.of(Scramble.sha2Verifier(config.password())) : Optional.empty();
        }
        var known = Optional.ofNullable(remembered.get(user));
        var mark = node.users().passwordMark(user);
        return known.filter(entry -> mark.filter(entry.mark()::equals).isPresent())
                .map(Remembered::verifier);
    }

    @Override
    public Optional<Bytes> nativeVerifier(String user) {
        return !node.users().isAuthEnabled() && isOfSettings(user)
                ? Optional.of(Scramble.nativeVerifier(config.password()))
                : Optional.empty();
    }

    @Override
    public boolean isRight(String user, String password) {
        if (!node.users().isAuthEnabled()) {
            boolean same = MessageDigest.isEqual(
                    password.getBytes(StandardCharsets.UTF_8), config.password().getBytes(StandardCharsets.UTF_8));
            return same && isOfSettings(user);
        }
        var mark = node.users().passwordMark(user);
        var verdict = new CompletableFuture<Optional<Reason>>();
        node.users().verify(user, password, verdict::complete);
        var refusal = verdict.join();
        if (refusal.filter(reason -> reason == Reason.TOO_MANY_REQUESTS).isPresent()) {
            throw new MysqlException(1105, "HY000", "too many requests");
        }
        if (refusal.isEmpty() && mark.isPresent() && remembered.size() < MOST_REMEMBERED) {
            remembered.put(user, new Remembered(mark.get(), Scramble.sha2Verifier(password)));
        }
        return refusal.isEmpty();
    }
}
