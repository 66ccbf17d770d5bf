package io.metastore.server.cli.original;

import io.metastore.server.cli.original.Key.Effect;
import io.metastore.server.cli.text.UsageException;
import io.metastore.server.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What this server does not do of what the original's settings ask for: refused where running without it could
/// surprise, else told once.
final class Limits {
    private final Values values;

    Limits(Values values) {
        this.values = values;
    }

    /// All at once: who brings a file wants to know what to change in it.
    ///
    /// @throws RuntimeException that names each setting that cannot be followed
    void refuse() {
        var refused = values.all().stream()
                .filter(Limits::isRefused)
                .sorted(Limits::byOrigin)
                .toList();
        if (refused.isEmpty()) {
            return;
        }
        var text = "this server cannot do what these settings ask for: "
                + refused.stream().map(Limits::text).collect(Collectors.joining("; "));
        throw refused.stream().allMatch(entry -> entry.source() == Entry.Source.FLAG)
                ? new UsageException(text)
                : new ConfigException(text);
    }

    /// Two numbers of which the smaller one decides how large a request may be.
    ///
    /// @throws RuntimeException when that is the one that cannot be set here
    void checkMessageSize() {
        var most = values.entry("grpc.max_recv_msg_size");
        if (most.isSet() && values.number("grpc.max_recv_msg_size") < values.number("limits.max_request_size")) {
            throw most.refused("grpc.max_recv_msg_size must be at least limits.max_request_size ("
                    + values.text("limits.max_request_size") + "), which decides what is taken");
        }
    }

    /// @throws RuntimeException in the original's words
    void checkBatches() {
        if (values.number("raft.batch.min_batch_size") > values.number("raft.batch.max_batch_size")) {
            throw values.entry("raft.batch.min_batch_size")
                    .refused("raft.batch.min_batch_size must be <= max_batch_size");
        }
    }

    List<String> warnings() {
        var warnings = absentListeners();
        var idle = values.all().stream()
                .filter(entry -> entry.key().effect() == Effect.NONE && entry.isChanged())
                .map(entry -> entry.origin() + " (" + entry.key().note() + ")")
                .toList();
        if (!idle.isEmpty()) {
            warnings.add("without effect here: " + String.join(", ", idle));
        }
        return warnings;
    }

    /// The original served on these ports unless it was told not to.
    private List<String> absentListeners() {
        var absent = new ArrayList<String>();
        if (!values.text("raft.node_role").equals("witness")) {
            if (!values.isSet("http.address")) {
                absent.add("HTTP REST is served only where http.address says so (:9121, or \"\" for nowhere)");
            }
            if (!values.isSet("mysql.address")) {
                absent.add("MySQL is served only where mysql.address says so (:3306, or \"\" for nowhere)");
            }
        }
        return absent;
    }

    private static boolean isRefused(Entry entry) {
        return switch (entry.key().effect()) {
            case ABSENT -> entry.isSet();
            case ONLY_INITIAL -> entry.isChanged();
            case HANDED_ON, READ, NONE -> false;
        };
    }

    private static int byOrigin(Entry one, Entry other) {
        return one.source().compareTo(other.source());
    }

    /// Values of what is absent are not shown: one of them is a password.
    private static String text(Entry entry) {
        var key = entry.key();
        var allowed = key.effect() == Effect.ABSENT
                ? " must be left out"
                : " is \"" + entry.value() + "\", allowed is \"" + key.initial() + "\"";
        return entry.origin() + allowed + " (" + key.note() + ")";
    }
}
