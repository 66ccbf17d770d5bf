package io.metastore.server.request;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Requests and outcomes in a line of the log, as etcd writes them: with keys, and of values their size only. Of users
/// and roles only the kind of the change is told.
///
///     put:<key:"foo" value_size:3 lease:12 >
///     txn:<compare:<target:MOD key:"a" > success:<request_range:{key:"c"}> failure:<>>
public final class RequestText {
    private static final int LONGEST_BYTES = 256;

    private RequestText() {}

    public static String of(Command command) {
        return switch (command) {
            case Put put -> "put:" + text(put);
            case DeleteRange delete -> "delete_range:" + text(delete);
            case Txn txn -> "txn:<" + text(txn) + ">";
            case Command.OnBehalf(var _, var inner) -> of(inner);
            case Command.Compact(var revision) -> "compaction:{revision:" + revision + "}";
            case Command.GrantLease(var lease, var ttl) -> "lease_grant:<ttl:" + ttl + "-second id:" + hex(lease) + ">";
            case Command.RevokeLease(var lease) -> "lease_revoke:<id:" + hex(lease) + ">";
            case Command.CheckpointLeases _, Command.SetAlarm _, Command.PublishMember _ -> kind(command);
            case Command.ConfirmOrigin _ -> kind(command);
            case AuthCommand _, MemberCommand _, VersionCommand _ -> kind(command);
        };
    }

    public static String of(Operation operation) {
        return switch (operation) {
            case Range range -> text(range);
            case Txn txn -> text(txn);
            case Put put -> text(put);
            case DeleteRange delete -> text(delete);
        };
    }

    public static String of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.RangeDone range ->
                "range_response_count:" + range.keyValues().size();
            case Outcome.TxnDone txn ->
                "responses:<" + txn.results().stream().map(RequestText::of).collect(Collectors.joining(" ")) + ">";
            case Outcome.DeleteDone delete -> "deleted:" + delete.deleted();
            case Outcome.Done _, Outcome.Refused _ -> "";
        };
    }

    private static String hex(LeaseId lease) {
        return Long.toHexString(lease.number());
    }

    private static String kind(Command command) {
        return command.getClass().getSimpleName() + ":<>";
    }

    private static String text(Put put) {
        var lease = put.lease().isNone() ? "" : "lease:" + put.lease().number() + " ";
        return "<key:" + quoted(put.key()) + " value_size:" + put.value().length() + " " + lease
                + flag(put.previous(), "prev_kv:true ") + flag(put.keepValue(), "ignore_value:true ")
                + flag(put.keepLease(), "ignore_lease:true ") + ">";
    }

    private static String text(DeleteRange delete) {
        return "{" + text(delete.keys()) + flag(delete.previous(), "  prev_kv:true") + "}";
    }

    private static String text(Range range) {
        return text(range.keys())
                + flag(range.limit() > 0, "  limit:" + range.limit())
                + flag(range.revision() != 0, "  revision:" + range.revision())
                + flag(
                        range.sort().order() != Range.Sort.Order.NONE,
                        "  sort_order:" + range.sort().order())
                + flag(
                        range.sort().target() != Range.Sort.Target.KEY,
                        "  sort_target:" + range.sort().target())
                + flag(range.serializable(), "  serializable:true")
                + flag(range.detail() == Range.Detail.KEYS_ONLY, "  keys_only:true")
                + flag(range.detail() == Range.Detail.COUNT_ONLY, "  count_only:true");
    }

    private static String text(KeyRange keys) {
        var key = "key:" + quoted(keys.from());
        if (keys.isSingle()) {
            return key;
        }
        return key + "  range_end:" + (keys.isUnbounded() ? "\"\\x00\"" : quoted(keys.to()));
    }

    private static String text(Txn txn) {
        var compares = txn.compares().stream().map(compare -> "compare:<" + text(compare) + "> ");
        return compares.collect(Collectors.joining()) + "success:<" + branch(txn.success()) + "> failure:<"
                + branch(txn.failure()) + ">";
    }

    private static String branch(List<Operation> operations) {
        return operations.stream()
                .map(operation -> switch (operation) {
                    case Range range -> "request_range:{" + text(range) + "}";
                    case Put put -> "request_put:" + text(put);
                    case DeleteRange delete -> "request_delete_range:" + text(delete);
                    case Txn txn -> "request_txn:<" + text(txn) + ">";
                })
                .collect(Collectors.joining(" "));
    }

    private static String text(Compare compare) {
        var key = " " + text(compare.keys()) + " ";
        var result = compare.relation() == Compare.Relation.EQUAL ? "" : "result:" + compare.relation() + " ";
        return result
                + switch (compare.target()) {
                    case Compare.Target.Version(var version) -> "target:VERSION" + key + "version:" + version;
                    case Compare.Target.CreateRevision(var revision) ->
                        "target:CREATE" + key + "create_revision:" + revision;
                    case Compare.Target.ModRevision(var revision) -> "target:MOD" + key + "mod_revision:" + revision;
                    case Compare.Target.Value(var value) -> "target:VALUE" + key + "value_size:" + value.length() + " ";
                    case Compare.Target.Lease(var lease) -> "target:LEASE" + key + "lease:" + lease.number();
                };
    }

    private static String flag(boolean set, String text) {
        return set ? text : "";
    }

    /// As protobuf's text format has bytes; the end of long ones is left out.
    static String quoted(Bytes bytes) {
        var text = new StringBuilder("\"");
        Stream.iterate(0, i -> i + 1)
                .limit(Math.min(bytes.length(), LONGEST_BYTES))
                .forEach(i -> append(text, bytes.at(i) & 0xff));
        return text.append(bytes.length() > LONGEST_BYTES ? "...\"" : "\"").toString();
    }

    private static void append(StringBuilder text, int octet) {
        switch (octet) {
            case '"', '\\' -> text.append('\\').append((char) octet);
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (octet >= ' ' && octet < 0x7f) {
                    text.append((char) octet);
                } else {
                    text.append("\\x").append(String.format("%02x", octet));
                }
            }
        }
    }
}
