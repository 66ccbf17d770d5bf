package io.metastore.server.differential;

import static io.metastore.server.differential.RevisionBase.shortName;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// Makes the text of answers equal on any two servers that behave alike: ids that a server chose become 1, 2, 3 in
/// the order in which they appear (so that it still shows which of them are equal), terms, sizes and positions become
/// 1 when there is one at all. One instance belongs to one case.
final class Normaliser {
    private static final long CHOSEN_BY_SERVER = 1L << 32;
    private static final long FIRST_LEASE = 900_001;
    private static final int LONG = 100;

    private static final Set<String> MEMBERS =
            Set.of("ResponseHeader.member_id", "StatusResponse.leader", "Member.ID", "AlarmMember.memberID");
    private static final Set<String> LEASES = Set.of(
            "KeyValue.lease",
            "LeaderKey.lease",
            "LeaseGrantResponse.ID",
            "LeaseKeepAliveResponse.ID",
            "LeaseTimeToLiveResponse.ID",
            "LeaseStatus.ID");
    private static final Set<String> PRESENT = Set.of(
            "ResponseHeader.raft_term",
            "StatusResponse.dbSize",
            "StatusResponse.dbSizeInUse",
            "StatusResponse.raftIndex",
            "StatusResponse.raftTerm",
            "StatusResponse.raftAppliedIndex");
    private static final Set<String> URLS = Set.of("Member.peerURLs", "Member.clientURLs");
    private static final Pattern MEMBER_IN_TEXT = Pattern.compile("memberID:(\\d+)");

    private final Map<String, Map<Object, Long>> seen = new HashMap<>();

    String text(Message answer) {
        var plain = MessageWalk.map(settled(answer), this::changed);
        return TextFormat.printer()
                .emittingSingleLine(true)
                .printToString(plain)
                .strip();
    }

    private Object changed(FieldDescriptor field, Object value) {
        var name = shortName(field);
        if (PRESENT.contains(name)) {
            return present(value);
        }
        if (MEMBERS.contains(name)) {
            return value.equals(0L) ? value : ordinal("member", value);
        }
        if (LEASES.contains(name)) {
            return (Long) value > CHOSEN_BY_SERVER ? FIRST_LEASE - 1 + ordinal("lease", value) : value;
        }
        if (URLS.contains(name)) {
            return "URL";
        }
        return switch (name) {
            case "ResponseHeader.cluster_id" -> ordinal("cluster", value);
            case "HashResponse.hash" -> Math.toIntExact(ordinal("hash", value));
            case "StatusResponse.errors" -> withoutIds((String) value);
            case "AuthenticateResponse.token" -> shape((String) value);
            default -> value instanceof ByteString bytes ? shortened(bytes) : value;
        };
    }

    private long ordinal(String kind, Object id) {
        var ids = seen.computeIfAbsent(kind, _ -> new HashMap<>());
        return ids.computeIfAbsent(id, _ -> ids.size() + 1L);
    }

    private String withoutIds(String text) {
        return MEMBER_IN_TEXT
                .matcher(text)
                .replaceAll(found -> "memberID:" + ordinal("member", Long.parseUnsignedLong(found.group(1))))
                .strip();
    }

    /// What kind of token it is: a simple one differs in its letters and its position, a signed one in all but
    /// its parts.
    private static String shape(String token) {
        return token.matches("[a-zA-Z]{16}\\.\\d+") ? "LETTERS.INDEX" : token.replaceAll("[A-Za-z0-9_-]+", "PART");
    }

    private static Object present(Object value) {
        return (Long) value == 0 ? value : 1L;
    }

    private static ByteString shortened(ByteString bytes) {
        if (bytes.size() <= LONG) {
            return bytes;
        }
        var checksum = new CRC32C();
        checksum.update(bytes.asReadOnlyByteBuffer());
        return ByteString.copyFromUtf8("(%d bytes, crc32c %08x)".formatted(bytes.size(), checksum.getValue()));
    }

    /// What time and chance play a part in. Members come in the order of their ids, which are chosen by the
    /// servers: here in that of their names, those that have none yet last. A remaining TTL of which less than a
    /// tenth is gone, or no more than three seconds, is told as the granted one: so long it may take to ask. A
    /// lease's keys have no order and are sorted.
    private static Message settled(Message answer) {
        var type = answer.getDescriptorForType();
        var members = type.findFieldByName("members");
        if (members != null) {
            return byName(answer, members);
        }
        if (!type.getName().equals("LeaseTimeToLiveResponse")) {
            return answer;
        }
        var changed = DynamicMessage.newBuilder(type);
        changed.mergeFrom(answer);
        long granted = (Long) MessageWalk.at(answer, "grantedTTL");
        long left = (Long) MessageWalk.at(answer, "TTL");
        if (left > 0 && left >= granted - Math.max(3, granted / 10)) {
            changed.setField(type.findFieldByName("TTL"), granted);
        }
        var keys = ((List<?>) MessageWalk.at(answer, "keys"))
                .stream()
                        .map(ByteString.class::cast)
                        .sorted(ByteString.unsignedLexicographicalComparator())
                        .toList();
        return changed.setField(type.findFieldByName("keys"), keys).build();
    }

    private static Message byName(Message answer, FieldDescriptor members) {
        var sorted = ((List<?>) answer.getField(members))
                .stream()
                        .map(Message.class::cast)
                        .sorted(Comparator.comparing(Normaliser::place))
                        .toList();
        return answer.toBuilder().setField(members, sorted).build();
    }

    private static String place(Message member) {
        var name = (String) MessageWalk.at(member, "name");
        return name.isEmpty() ? "~" : name;
    }
}
