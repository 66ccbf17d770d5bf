package io.metastore.server.raft.slow;

import io.metastore.server.request.GoTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Says when another member is in trouble for long: which one, since when, and how bad it is; again every minute, and
/// when it is over. A moment of it says nothing: a member that starts, a full collection, a change of the leader.
///
///     silent   since 0 s          5 s: said     65 s: said again     70 s: it answers, said
public final class SlowPeers {
    static final Duration AGAIN = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(SlowPeers.class);

    private final Limits limits;
    private final LongSupplier nanos;
    private final Consumer<Warning> teller;
    private final Map<Key, Trouble> troubles = new TreeMap<>();

    /// When something is worth to be said.
    ///
    /// @param roundTrip slower answers than this are slow
    /// @param lag so many entries behind the leader is far behind
    /// @param silence how long a member may give no answer
    /// @param lasting how long the others may last
    public record Limits(Duration roundTrip, long lag, Duration silence, Duration lasting) {
        /// For members that are to hear from their leader that often: a quarter of the election timeout is more than
        /// the network between members should ever take.
        public static Limits standard(Duration electionTimeout) {
            return new Limits(electionTimeout.dividedBy(4), 5_000, Duration.ofSeconds(5), Duration.ofSeconds(10));
        }
    }

    /// What may be wrong with a member.
    public enum Reason {
        NO_ANSWER("no_answer", "a member does not answer", "a member answers again"),
        SLOW_ANSWERS("slow_answers", "a member answers slowly", "a member answers in time again"),
        BEHIND("behind", "a member is far behind the leader", "a member has caught up with the leader");

        private final String label;
        private final String begun;
        private final String over;

        Reason(String label, String begun, String over) {
            this.label = label;
            this.begun = begun;
            this.over = over;
        }

        /// As a metric names it.
        public String label() {
            return label;
        }
    }

    /// A member, and what is wrong with it.
    public record Key(String member, Reason reason) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byMember = member.compareTo(other.member);
            return byMember != 0 ? byMember : reason.compareTo(other.reason);
        }
    }

    /// @param toldNanos when it was said last; of no meaning while `isTold` is false
    private record Trouble(long sinceNanos, boolean isTold, long toldNanos) {}

    SlowPeers(Limits limits, LongSupplier nanos, Consumer<Warning> teller) {
        this.limits = limits;
        this.nanos = nanos;
        this.teller = teller;
    }

    /// Says it in this process's log.
    public static SlowPeers inLog(Limits limits) {
        return new SlowPeers(limits, System::nanoTime, warning -> warning.log(LOG));
    }

    /// It was asked something small and answered.
    public synchronized void answered(String member, long tookNanos) {
        look(new Key(member, Reason.NO_ANSWER), false, limits.silence(), Map.of());
        look(
                new Key(member, Reason.SLOW_ANSWERS),
                tookNanos > limits.roundTrip().toNanos(),
                limits.lasting(),
                Map.of(
                        "round-trip",
                        GoTime.text(tookNanos),
                        "expected",
                        GoTime.text(limits.roundTrip().toNanos())));
    }

    /// It was asked something and did not answer in time, or cannot be reached.
    public synchronized void silent(String member) {
        troubles.remove(new Key(member, Reason.SLOW_ANSWERS));
        look(new Key(member, Reason.NO_ANSWER), true, limits.silence(), Map.of());
    }

    /// How far it is behind this member, which leads.
    public synchronized void lags(String member, long entries) {
        look(
                new Key(member, Reason.BEHIND),
                entries > limits.lag(),
                limits.lasting(),
                Map.of("entries", entries, "expected", limits.lag()));
    }

    /// This member does not lead: who is behind is known elsewhere.
    public synchronized void leadsNoMore() {
        troubles.keySet().removeIf(key -> key.reason() == Reason.BEHIND);
    }

    /// These are all that there are; of others nothing is said any more.
    public synchronized void only(Set<String> members) {
        troubles.keySet().removeIf(key -> !members.contains(key.member()));
    }

    /// What is wrong now, and was said.
    public synchronized List<Key> told() {
        var told = new ArrayList<Key>();
        troubles.forEach((key, trouble) -> {
            if (trouble.isTold()) {
                told.add(key);
            }
        });
        return told;
    }

    private void look(Key key, boolean bad, Duration patience, Map<String, Object> details) {
        long now = nanos.getAsLong();
        if (!bad) {
            var ended = troubles.remove(key);
            if (ended != null && ended.isTold()) {
                tell(Level.INFO, key, key.reason().over, now - ended.sinceNanos(), details);
            }
            return;
        }
        var trouble = troubles.computeIfAbsent(key, _ -> new Trouble(now, false, now));
        boolean due = trouble.isTold()
                ? now - trouble.toldNanos() >= AGAIN.toNanos()
                : now - trouble.sinceNanos() >= patience.toNanos();
        if (due) {
            troubles.put(key, new Trouble(trouble.sinceNanos(), true, now));
            tell(Level.WARN, key, key.reason().begun, now - trouble.sinceNanos(), details);
        }
    }

    private void tell(Level level, Key key, String text, long lastedNanos, Map<String, Object> details) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("peer", key.member());
        fields.put("for", GoTime.text(lastedNanos));
        fields.putAll(new TreeMap<>(details));
        teller.accept(new Warning(level, text, fields));
    }
}
