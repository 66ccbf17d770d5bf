package io.metastore.server.cli.original;

import java.util.List;
import java.util.Optional;

/// What old revisions are kept. There are two pairs of keys for it: `mvcc.auto_compaction` says what is compacted, and
/// `mvcc.retention`, where somebody set it, bounds what that keeps.
final class Retention {
    private static final String AUTO = "mvcc.auto_compaction.";
    private static final String MOST_REVISIONS = "mvcc.retention.max_revisions";
    private static final String LONGEST = "mvcc.retention.max_age";

    private Retention() {}

    /// @throws RuntimeException when compaction by time has no time
    static List<Assignment> assignments(Values values) {
        if (!values.isOn(AUTO + "enable")) {
            return List.of(values.assign("auto-compaction-retention", "0", AUTO + "enable"));
        }
        var mode = values.text(AUTO + "mode");
        return List.of(
                values.assign("auto-compaction-mode", mode, AUTO + "enable"),
                values.assign(
                        "auto-compaction-retention",
                        mode.equals("revision") ? revisions(values) : period(values),
                        AUTO + "enable"));
    }

    private static String revisions(Values values) {
        long kept = values.number(AUTO + "retention");
        return String.valueOf(values.isSet(MOST_REVISIONS) ? Math.min(kept, values.number(MOST_REVISIONS)) : kept);
    }

    private static String period(Values values) {
        var period = AUTO + "period";
        if (!values.duration(period).isPositive()) {
            throw values.entry(period)
                    .refused(period + " must be > 0, as "
                            + values.entry(AUTO + "mode").origin() + " is periodic");
        }
        boolean isBounded = values.duration(LONGEST).isPositive()
                && values.duration(LONGEST).compareTo(values.duration(period)) < 0;
        return values.text(isBounded ? LONGEST : period);
    }

    /// Nothing unless a bound was set that bounds nothing.
    static Optional<String> warning(Values values) {
        return List.of(MOST_REVISIONS, LONGEST).stream()
                .map(values::entry)
                .filter(entry -> entry.isChanged() && !values.isOn(AUTO + "enable"))
                .findFirst()
                .map(entry -> entry.origin() + " has no effect: it counts only with " + AUTO + "enable");
    }
}
