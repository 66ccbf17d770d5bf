package io.metastore.server.raft.slow;

import java.util.LinkedHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Says when a witness keeps much of its log for a member with data that is away: above the limit, at each doubling
/// from there, and when it is below again. One thread at a time.
///
///     0.9 GiB: nothing   1 GiB: said   1.5 GiB: nothing   2 GiB: said   0: said
public final class GrowingLog {
    /// It is to be said long before a volume is full, and not for a restart.
    public static final long LIMIT_BYTES = 1L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(GrowingLog.class);

    private final Consumer<Warning> teller;
    private long nextBytes = LIMIT_BYTES;

    GrowingLog(Consumer<Warning> teller) {
        this.teller = teller;
    }

    /// Says it in this process's log.
    public static GrowingLog inLog() {
        return new GrowingLog(warning -> warning.log(LOG));
    }

    /// So much is kept because somebody lacks it.
    public void look(long bytes, long entries) {
        if (bytes >= nextBytes) {
            while (nextBytes <= bytes) {
                nextBytes *= 2;
            }
            tell(
                    Level.WARN,
                    "this witness keeps much of its log for a member with data that is away: bring that one back, or"
                            + " remove it",
                    bytes,
                    entries);
        } else if (nextBytes > LIMIT_BYTES && bytes < LIMIT_BYTES) {
            nextBytes = LIMIT_BYTES;
            tell(Level.INFO, "this witness keeps little of its log again", bytes, entries);
        }
    }

    private void tell(Level level, String text, long bytes, long entries) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("bytes", bytes);
        fields.put("entries", entries);
        fields.put("limit-bytes", LIMIT_BYTES);
        teller.accept(new Warning(level, text, fields));
    }
}
