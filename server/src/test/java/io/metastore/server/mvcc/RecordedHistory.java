package io.metastore.server.mvcc;

import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Compare;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Outcome.RangeDone;
import io.metastore.server.request.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Plays the lines of a recorded history (the language of `record.py`, beside the recordings) against a store, and
/// answers in the words in which etcd's answers were recorded.
final class RecordedHistory {
    private final StoreFixture fixture;

    RecordedHistory(StoreFixture fixture) {
        this.fixture = fixture;
    }

    String play(String line) {
        var words = List.of(line.split(" "));
        var given = RecordedOptions.of(words.subList(1, words.size()));
        return switch (words.getFirst()) {
            case "put" -> revision(fixture.txn(txn -> put(txn, given)));
            case "delete" -> delete(given);
            case "txn" -> transact(line.substring("txn ".length()));
            case "range" -> text(fixture.range(query(given)));
            case "compare" -> compare(given);
            case "lease" -> revision(fixture.store.revision());
            case "revoke" -> revoke(given);
            case "compact" -> compact(given);
            case "hash" -> hash(given.number("rev"));
            default -> throw new IllegalArgumentException(line);
        };
    }

    private String delete(RecordedOptions given) {
        var deleted = new ArrayList<KeyValue>();
        long revision = fixture.txn(txn -> deleted.addAll(txn.delete(given.keys())));
        return revision + " " + deleted.size();
    }

    private String revoke(RecordedOptions given) {
        var keys = given.text("keys").split(",");
        return revision(fixture.txn(txn -> Arrays.stream(keys)
                .filter(key -> !key.isEmpty())
                .forEach(key -> txn.delete(KeyRange.single(RecordedOptions.bytesOf(key))))));
    }

    private String transact(String steps) {
        return fixture.write(writer -> {
            var txn = writer.begin();
            var commands = Arrays.stream(steps.split(" ; "))
                    .map(step -> List.of(step.split(" ")))
                    .toList();
            var refusal = commands.stream()
                    .flatMap(step -> refusal(txn, step).stream())
                    .findFirst();
            if (refusal.isPresent()) {
                return refusal.get();
            }
            var answers =
                    commands.stream().flatMap(step -> run(txn, step).stream()).toList();
            long revision = txn.finish();
            return answers.stream().map(answer -> " | " + answer).collect(Collectors.joining("", revision + "", ""));
        });
    }

    private static Optional<String> refusal(MvccTxn txn, List<String> step) {
        return step.getFirst().equals("range")
                ? txn.refusalInTxn(query(RecordedOptions.of(step.subList(1, step.size()))))
                        .map(Enum::name)
                : Optional.empty();
    }

    private static Optional<String> run(MvccTxn txn, List<String> step) {
        var given = RecordedOptions.of(step.subList(1, step.size()));
        return switch (step.getFirst()) {
            case "put" -> {
                put(txn, given);
                yield Optional.empty();
            }
            case "delete" -> {
                txn.delete(given.keys());
                yield Optional.empty();
            }
            case "range" -> Optional.of(text(txn.range(query(given))));
            default -> throw new IllegalArgumentException(step.getFirst());
        };
    }

    private static void put(MvccTxn txn, RecordedOptions given) {
        txn.put(given.bytes("k"), given.bytes("v"), LeaseId.of(given.number("lease")));
    }

    private String compare(RecordedOptions given) {
        var to = given.text("to");
        var target = switch (given.text("target")) {
            case "VERSION" -> new Compare.Target.Version(Long.parseLong(to));
            case "CREATE" -> new Compare.Target.CreateRevision(Long.parseLong(to));
            case "MOD" -> new Compare.Target.ModRevision(Long.parseLong(to));
            case "VALUE" -> new Compare.Target.Value(RecordedOptions.bytesOf(to));
            case "LEASE" -> new Compare.Target.Lease(LeaseId.of(Long.parseLong(to)));
            default -> throw new IllegalArgumentException(given.toString());
        };
        var compare = new Compare(given.keys(), Compare.Relation.valueOf(given.text("rel")), target);
        try (var view = fixture.store.view()) {
            return Boolean.toString(view.holds(List.of(compare)));
        }
    }

    private String compact(RecordedOptions given) {
        var outcome = fixture.compact(given.number("rev"));
        fixture.sweep();
        return text(outcome);
    }

    private String hash(long revision) {
        return switch (fixture.store.hashKv(revision)) {
            case HashResult.Hash hash ->
                Integer.toUnsignedLong(hash.hash()) + " " + hash.compactRevision() + " " + hash.hashRevision() + " "
                        + hash.revision();
            case HashResult.Refused refused -> refused.reason().name();
        };
    }

    private static Range query(RecordedOptions given) {
        return new Range(
                given.keys(),
                given.number("limit"),
                given.number("rev"),
                new Range.Sort(
                        Range.Sort.Order.valueOf(given.text("order", "NONE")),
                        Range.Sort.Target.valueOf(given.text("target", "KEY"))),
                given.has("count")
                        ? Range.Detail.COUNT_ONLY
                        : given.has("keys") ? Range.Detail.KEYS_ONLY : Range.Detail.FULL,
                new Range.RevisionBounds(
                        given.number("minmod"),
                        given.number("maxmod"),
                        given.number("mincreate"),
                        given.number("maxcreate")),
                false);
    }

    private static String text(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Refused refused -> refused.reason().name();
            case RangeDone range -> text(range);
            case Outcome.Done done -> revision(done.revision());
        };
    }

    private static String text(RangeDone range) {
        var head = range.revision() + " " + range.count() + " " + (range.more() ? "more" : "all");
        return range.keyValues().stream()
                .map(version -> " " + RecordedOptions.percent(version.key()) + "="
                        + RecordedOptions.percent(version.value()) + ":" + version.createRevision()
                        + "/" + version.modRevision() + "/" + version.version() + "/"
                        + version.lease().number())
                .collect(Collectors.joining("", head, ""));
    }

    private static String revision(long revision) {
        return Long.toString(revision);
    }
}
