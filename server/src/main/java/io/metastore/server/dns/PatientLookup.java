package io.metastore.server.dns;

import io.metastore.server.config.HostLookup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks again while a name is not known: members of a cluster and their names come up at the same time. As patient as
/// etcd is, half a minute for all names together.
public final class PatientLookup implements HostLookup {
    private static final Logger LOG = LoggerFactory.getLogger(PatientLookup.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final HostLookup once;
    private final LongSupplier nanoTime;
    private final Pause pause;
    private final long begun;

    /// Sleeps; tests do not.
    @FunctionalInterface
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    PatientLookup(HostLookup once, LongSupplier nanoTime, Pause pause) {
        this.once = once;
        this.nanoTime = nanoTime;
        this.pause = pause;
        begun = nanoTime.getAsLong();
    }

    /// Asks the system.
    public static PatientLookup ofSystem() {
        return new PatientLookup(InetAddress::getByName, System::nanoTime, Thread::sleep);
    }

    @Override
    public InetAddress find(String host) throws UnknownHostException {
        for (; ; ) {
            try {
                return once.find(host);
            } catch (UnknownHostException e) {
                if (nanoTime.getAsLong() - begun >= PATIENCE.toNanos()) {
                    throw e;
                }
                LOG.atWarn()
                        .addKeyValue("host", host)
                        .addKeyValue("retry-interval", PAUSE)
                        .log("failed to resolve URL Host");
            }
            try {
                pause.sleep(PAUSE);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new UnknownHostException(host);
            }
        }
    }
}
