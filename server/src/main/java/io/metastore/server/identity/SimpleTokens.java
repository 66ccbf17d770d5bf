package io.metastore.server.identity;

import io.metastore.server.auth.Token;
import io.metastore.server.auth.TokenListener;
import io.metastore.server.model.Bytes;
import io.metastore.server.request.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Tokens that are part of the replicated state, so that every member knows them and a restart keeps them. How
/// long each still lives is not replicated: each member counts for itself from the last use that it knows of.
///
///     used here            the time begins anew here at once, and the others are told before a quarter of it is over
///     kept (by the log)    the time begins anew
///     time over            it is refused here; half as long again later the leader drops it from the state
///
/// So a token that is used anywhere stays valid everywhere. All methods may be called from any thread.
public final class SimpleTokens implements Tokens, TokenListener {
    private final Duration ttl;
    private final long ttlNanos;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private volatile Map<Bytes, Life> lives = new ConcurrentHashMap<>();

    /// @param ttl how long a token lives after its last use
    /// @param nanoTime a monotonic source of nanoseconds, like `System.nanoTime`
    /// @param random must not be foreseeable
    public SimpleTokens(Duration ttl, LongSupplier nanoTime, RandomGenerator random) {
        this.ttl = ttl;
        this.ttlNanos = ttl.toNanos();
        this.nanoTime = nanoTime;
        this.random = random;
    }

    public Duration ttl() {
        return ttl;
    }

    /// The secret part of a token that is to be made, and what the state is to know of it.
    public Secret newSecret() {
        var text = SimpleTokenText.newSecret(random);
        return new Secret(text, SimpleTokenText.digest(text));
    }

    @Override
    public Optional<Caller> caller(String token, long authRevision) {
        var text = SimpleTokenText.parse(token);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var life = lives.get(text.get().digest());
        if (life == null || life.token.index() != text.get().index()) {
            return Optional.empty();
        }
        return life.use(nanoTime.getAsLong(), ttlNanos)
                ? Optional.of(new Caller(life.token.user(), authRevision))
                : Optional.empty();
    }

    @Override
    public boolean mayBecomeKnown(String token, long appliedIndex) {
        return SimpleTokenText.parse(token)
                .filter(text -> text.index() > appliedIndex)
                .isPresent();
    }

    /// At most so many tokens of whose use the others should hear now. Each is named once for each use.
    public List<Bytes> usedSinceKept(int most) {
        long now = nanoTime.getAsLong();
        var used = new ArrayList<Bytes>();
        lives.forEach((digest, life) -> {
            if (used.size() < most && life.isToBeTold(now, ttlNanos / 4)) {
                used.add(digest);
            }
        });
        return used;
    }

    /// At most so many tokens that nobody has used for so long that no member can hold them to be valid.
    public List<Bytes> over(int most) {
        long now = nanoTime.getAsLong();
        var over = new ArrayList<Bytes>();
        lives.forEach((digest, life) -> {
            if (over.size() < most && now - life.lastUse > ttlNanos + ttlNanos / 2) {
                over.add(digest);
            }
        });
        return over;
    }

    @Override
    public void issued(Token token) {
        lives.put(token.digest(), new Life(token, nanoTime.getAsLong()));
    }

    @Override
    public void kept(Bytes digest) {
        var life = lives.get(digest);
        if (life != null) {
            life.keep(nanoTime.getAsLong());
        }
    }

    @Override
    public void dropped(Bytes digest) {
        lives.remove(digest);
    }

    /// How long they have lived is not known, so all begin anew.
    @Override
    public void reloaded(List<Token> all) {
        var fresh = new ConcurrentHashMap<Bytes, Life>();
        long now = nanoTime.getAsLong();
        all.forEach(token -> fresh.put(token.digest(), new Life(token, now)));
        lives = fresh;
    }

    /// The part of a new token that only its owner is to know.
    ///
    /// @param digest what is kept in its place
    public record Secret(String text, Bytes digest) {
        /// The whole token.
        public String token(long index) {
            return text + "." + index;
        }

        /// Without the secret.
        @Override
        public String toString() {
            return "Secret[]";
        }
    }

    /// Threads that use a token at the same time may overwrite each other's time by one that is hardly older.
    private static final class Life {
        private final Token token;
        private volatile long lastUse;
        private volatile long lastKept;
        private volatile boolean used;

        Life(Token token, long now) {
            this.token = token;
            this.lastUse = now;
            this.lastKept = now;
        }

        boolean use(long now, long ttl) {
            if (now - lastUse > ttl) {
                return false;
            }
            lastUse = now;
            used = true;
            return true;
        }

        void keep(long now) {
            lastUse = now;
            lastKept = now;
        }

        boolean isToBeTold(long now, long pause) {
            if (!used || now - lastKept < pause) {
                return false;
            }
            used = false;
            lastKept = now;
            return true;
        }
    }
}
