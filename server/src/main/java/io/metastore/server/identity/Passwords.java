package io.metastore.server.identity;

import io.metastore.server.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.bcrypt.BCrypt;

/// Hashes passwords and checks them, on threads of its own: it is meant to take long. Of more than a bounded
/// number at a time the last ones are turned away.
public final class Passwords implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Passwords.class);
    private static final int MAX_BYTES = 72;
    private static final int MOST_WAITING = 1000;
    private static final long IDLE_SECONDS = 60;

    private final int cost;
    private final SecureRandom random;
    private final ThreadPoolExecutor workers;

    /// @param cost of hashing, as the exponent of 2 of the rounds
    /// @param threads how many passwords are looked at at the same time
    public Passwords(int cost, int threads, SecureRandom random) {
        this.cost = cost;
        this.random = random;
        this.workers = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().name("passwords-", 0).daemon().factory());
        workers.allowCoreThreadTimeOut(true);
    }

    /// How a check came out.
    public enum Verdict {
        RIGHT,
        WRONG,
        /// Too many wait already.
        BUSY
    }

    /// What came of hashing.
    public sealed interface Hashing {
        /// The password was hashed.
        ///
        /// @param hash with its salt and cost, as bcrypt writes it
        record Done(Bytes hash) implements Hashing {}

        /// Too many wait already.
        record Busy() implements Hashing {}
    }

    /// Whether bcrypt looks at all of the password.
    public static boolean isTooLong(String password) {
        return bytes(password).length > MAX_BYTES;
    }

    /// Hashes a password that is not too long. The reply comes on another thread, or at once when there are too
    /// many.
    public void hash(String password, Consumer<Hashing> reply) {
        run(
                () -> reply.accept(new Hashing.Done(
                        Bytes.utf8(BCrypt.hashpw(bytes(password), BCrypt.gensalt("$2a", cost, random))))),
                () -> reply.accept(new Hashing.Busy()));
    }

    /// Checks a password; what of it is beyond the part that bcrypt looks at does not matter, as in etcd. The
    /// reply comes on another thread, or at once when there are too many.
    ///
    /// @param hash as `hash` made it; with anything else no password is right
    public void check(String password, Bytes hash, Consumer<Verdict> reply) {
        run(
                () -> reply.accept(matches(password, hash) ? Verdict.RIGHT : Verdict.WRONG),
                () -> reply.accept(Verdict.BUSY));
    }

    private static boolean matches(String password, Bytes hash) {
        try {
            return BCrypt.checkpw(bytes(password), hash.utf8());
        } catch (IllegalArgumentException noHash) {
            return false;
        }
    }

    private static byte[] bytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8);
    }

    private void run(Runnable work, Runnable otherwise) {
        try {
            workers.execute(work);
        } catch (RejectedExecutionException full) {
            LOG.atWarn().addKeyValue("waiting", MOST_WAITING).log("too many passwords are being checked");
            otherwise.run();
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
